import { apiServerManifest, apiProxy as content, portSharing } from '../../shared/steps/content/api-proxy.ts';
import { execute, isExecutable, lookAtAll } from '../changes/execute.ts';
import { changesOf, executeChanges } from './declared.ts';
import type { Step, StepContext } from './step.ts';
import { unitProblem } from './unit-problem.ts';

const waitMs = 90_000;

export const apiProxy: Step = {
  id: 'api-proxy',

  async check(context) {
    const changes = changesOf('api-proxy', context).filter(isExecutable);
    const open = await lookAtAll(changes, context.host);
    if (open.state === 'todo' || !changes.some(({ kind }) => kind === 'unit')) return open;
    const problem = await unitProblem(context.host, content.unit);
    return problem === null ? open : { state: 'todo', ...problem };
  },

  async apply(context) {
    const manifest = changesOf('api-proxy', context).filter(isExecutable).filter(isManifest);
    await execute(manifest, context);
    if (manifest.length > 0) await untilPortIsShared(context);
    await executeChanges('api-proxy', context);
  },
};

const isManifest = (change: { kind: string; path?: string }) => change.path === apiServerManifest;

/** haproxy cannot listen beside an API server that still runs without the argument. */
async function untilPortIsShared({ host, say, signal }: StepContext): Promise<void> {
  if (!(await host.exists(apiServerManifest))) return;
  const running = `^kube-apiserver .*--${portSharing.name}=${portSharing.value}`;
  const isShared = async () => (await host.run('pgrep', ['--full', running])).exitCode === 0;
  if (await isShared()) return;
  say('waiting for the kubelet to restart the API server');
  const deadline = host.now().getTime() + waitMs;
  while (!(await isShared()) && host.now().getTime() < deadline && !signal.aborted) await host.sleep(1000, signal);
}
