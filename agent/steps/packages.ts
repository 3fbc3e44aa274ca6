import { proxyVariables } from '../../shared/steps/content/services.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { rememberBeforeKubernetes } from '../prior/kubernetes.ts';
import { changeOf } from './declared.ts';
import { beginPackageChanges, endPackageChanges } from './package-changes.ts';
import { packageState } from './package-state.ts';
import { offeredVersion } from './package-version.ts';
import type { Step, StepContext } from './step.ts';

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
    const { install, hold } = changeOf('packages', 'packages', context);
    const manager = await packagesOf(host);
    const means = { runLong: context.runLong, proxy: proxyVariables(settings) };
    await rememberBeforeKubernetes(host, settings.runtime.name);
    if ((await packageState(host, settings)).state === 'loose') return manager.hold(hold);
    if ((await host.unitState('packages')) === 'none') {
      await beginPackageChanges(host);
      await manager.finishInterrupted(context.runLong);
      await manager.refresh({ ...means, url: settings.kubernetes.packages.url, say, sleep: sleepIn(context) });
    }
    const version = await offeredVersion(host, settings);
    const named = (isPinned: boolean) =>
      install.filter((one) => (one.version !== null) === isPinned).map(({ name }) => name);
    say(`installing ${named(false).join(', ')} and Kubernetes ${version}`);
    await manager.install({ latest: named(false), pinned: named(true), version }, means);
    await manager.hold(hold);
    await endPackageChanges(host, version);
  },
};

/** Ends with the step's signal. */
const sleepIn =
  ({ host, signal }: StepContext) =>
  async (ms: number): Promise<void> => {
    await host.sleep(ms, signal);
    signal.throwIfAborted();
  };
