import { dropIn, limitsDropIn, proxyDropIn } from '../../shared/steps/content/services.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { markForRestart } from '../machine/restart-mark.ts';
import { changeUnit, reloadUnits, unitNamed } from '../machine/unit.ts';
import type { Step, StepContext } from './step.ts';

const unitsOf = ({ assignment }: StepContext) => [assignment.settings.runtime.name, 'kubelet'];

/** Written before the services are installed, so that their first start is the right one. */
export const serviceLimits: Step = {
  id: 'service-limits',
  check: (context) => check(context, 'limits', limitsDropIn()),
  async apply(context) {
    await write(context, 'limits', limitsDropIn());
    // Under a Node, a limit is no reason to end what runs: it holds from the runtime's next start on.
    if (!(await context.host.exists(kubeletConf))) await restartRuntime(context);
  },
};

export const proxy: Step = {
  id: 'proxy',
  check: (context) => check(context, 'proxy', proxyDropIn(context.assignment.settings)),
  async apply(context) {
    await write(context, 'proxy', proxyDropIn(context.assignment.settings));
    await restartRuntime(context);
    if (await context.host.exists(kubeletConf)) await changeUnit(context.host, 'try-restart', 'kubelet');
  },
};

async function check(context: StepContext, name: 'limits' | 'proxy', wanted: string | null) {
  const wrong = await filesToChange(context.host, unitsOf(context), name, wanted);
  return wrong.length === 0
    ? ({ state: 'done' } as const)
    : ({ state: 'todo', message: `not as planned: ${wrong.join(', ')}` } as const);
}

async function write(context: StepContext, name: 'limits' | 'proxy', wanted: string | null): Promise<void> {
  const { host } = context;
  for (const path of await filesToChange(host, unitsOf(context), name, wanted)) {
    await (wanted === null ? host.removeFile(path) : host.writeFile(path, wanted));
  }
  await reloadUnits(host);
}

async function filesToChange(
  host: Host,
  units: readonly string[],
  name: 'limits' | 'proxy',
  wanted: string | null,
): Promise<string[]> {
  const paths = units.map((unit) => dropIn(unit, name));
  const contents = await Promise.all(paths.map((path) => host.readFile(path)));
  return paths.filter((_, index) => contents[index] !== wanted);
}

/** The step `runtime` restarts what is marked. */
async function restartRuntime({ host, assignment }: StepContext): Promise<void> {
  const { name } = assignment.settings.runtime;
  if ((await unitNamed(host, name)).active) await markForRestart(host, name);
}
