import { MusterError } from '../../shared/errors/errors.ts';
import { proxyVariables } from '../../shared/steps/content/services.ts';
import type { Host, UnitResult } from '../host/host.ts';
import { output } from '../machine/program.ts';
import { rememberBeforeKubernetes } from './before-kubernetes.ts';
import { beginPackageChanges, endPackageChanges } from './package-changes.ts';
import { kubernetesPackages, packageState } from './package-state.ts';
import { offeredVersion } from './package-version.ts';
import type { Step, StepContext } from './step.ts';

/** Somebody else's apt, such as the unattended upgrade after boot, may hold the lock for minutes. */
const lockWait = ['-o', 'DPkg::Lock::Timeout=300'];
const env = { DEBIAN_FRONTEND: 'noninteractive' };

/** apt reads the proxy's variables in lower case. */
function fetchEnv({ assignment }: StepContext): Record<string, string> {
  const variables = Object.entries(proxyVariables(assignment.settings));
  return { ...env, ...Object.fromEntries(variables.map(([name, value]) => [name.toLowerCase(), value])) };
}
const updateAttempts = 5;

export const packages: Step = {
  id: 'packages',

  async check({ host, assignment }) {
    const { settings } = assignment;
    const found = await packageState(host, settings);
    if (found.state === 'as-planned') return { state: 'done' };
    if (found.state === 'loose') return { state: 'todo', message: found.message };
    if (found.state === 'missing') {
      const { installsAfter } = assignment;
      if (installsAfter === null) return { state: 'todo', message: found.message };
      return {
        state: 'waiting',
        message: `${installsAfter}, which everybody waits for, creates the cluster first`,
        zh: { message: `大家都在等待 ${installsAfter}，由它先创建集群` },
      };
    }
    return {
      state: 'waiting',
      message: `${found.message}; muster does not change the version of a host that is a Node already`,
      remedy: 'put the version that runs back into the plan, or upgrade the Node with kubeadm upgrade',
      zh: {
        message: `${found.message}；muster 不会更改已是 Node 的主机的版本`,
        remedy: '在计划中改回正在运行的版本，或用 kubeadm upgrade 升级该 Node',
      },
    };
  },

  async apply(context) {
    const { host, assignment, say } = context;
    const { settings } = assignment;
    await rememberBeforeKubernetes(host, settings.runtime.name);
    if ((await packageState(host, settings)).state === 'loose') return hold(host);
    if ((await host.unitState('packages')) === 'none') {
      await beginPackageChanges(host);
      await finishInterrupted(context);
      await update(context);
    }
    const version = await offeredVersion(host, settings);
    say(`installing ${settings.runtime.package}, and Kubernetes ${version}`);
    succeed(
      await context.runLong('apt-get', installArguments(settings.runtime.package, version), { env: fetchEnv(context) }),
    );
    await hold(host);
    await endPackageChanges(host, version);
  },
};

async function hold(host: Host): Promise<void> {
  await output(host, 'apt-mark', ['hold', ...kubernetesPackages]);
}

function installArguments(runtime: string, version: string): string[] {
  return [
    'install',
    '--yes',
    '--no-install-recommends',
    '--allow-change-held-packages',
    '--allow-downgrades',
    ...lockWait,
    // The runtime's configuration and the kubelet's environment were written before.
    ...['-o', 'Dpkg::Options::=--force-confold', '-o', 'Dpkg::Options::=--force-confdef'],
    runtime,
    ...kubernetesPackages.map((name) => `${name}=${version}`),
  ];
}

/** What apt itself looks at before it says "dpkg was interrupted". */
async function finishInterrupted({ host, runLong }: StepContext): Promise<void> {
  const journal = await host.list('/var/lib/dpkg/updates');
  if (!journal.some((name) => /^\d+$/.test(name))) return;
  succeed(await runLong('dpkg', ['--force-confold', '--configure', '-a'], { env, part: 'configure' }));
}

/** A mirror that is being synchronised, a network that just came up, another apt at work: each fails once and not for long. */
async function update(context: StepContext): Promise<void> {
  const { host, assignment, runLong, say, signal } = context;
  const unreached = `Failed to fetch ${assignment.settings.kubernetes.packages.url}`;
  for (let attempt = 1; ; attempt++) {
    const result = await runLong('apt-get', ['update', ...lockWait], { env: fetchEnv(context), part: 'update' });
    // For apt a source that does not answer is only a warning: it goes on with what it knew.
    const failed = result.exitCode !== 0 || result.tail.some((line) => line.includes(unreached));
    if (!failed) return;
    if (attempt === updateAttempts) throw aptFailed(result);
    say(`apt-get update failed; again in ${attempt * 2} s`);
    await host.sleep(attempt * 2000, signal);
    signal.throwIfAborted();
  }
}

function succeed(result: UnitResult): void {
  if (result.exitCode !== 0) throw aptFailed(result);
}

function aptFailed({ tail }: UnitResult): MusterError {
  const errors = tail.filter((line) => /^(E:|Err:|W: Failed|dpkg: error)/.test(line));
  const said = (errors.length > 0 ? errors : tail).slice(-3).join(' / ');
  return new MusterError('packages-failed', `apt: ${said || 'it was ended before it was done'}`, {
    remedy: 'on this host: apt-get update && apt-get install --fix-broken',
  });
}
