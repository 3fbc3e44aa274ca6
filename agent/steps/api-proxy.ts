import { apiServerManifest, apiProxy as content, portSharing } from '../../shared/steps/content/api-proxy.ts';
import { execute, isExecutable } from '../changes/execute.ts';
import { changesOf, executeChanges } from './declared.ts';
import type { Step, StepContext } from './step.ts';
import { checkWithUnit } from './with-unit.ts';

const waitMs = 90_000;

export const apiProxy: Step = {
  id: 'api-proxy',

  check: (context) => checkWithUnit('api-proxy', content.unit, context),

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
  say({ en: 'waiting for the kubelet to restart the API server', zh: '正在等待 kubelet 重启 API 服务器' });
  const deadline = host.now().getTime() + waitMs;
  while (!(await isShared()) && host.now().getTime() < deadline && !signal.aborted) await host.sleep(1000, signal);
}
