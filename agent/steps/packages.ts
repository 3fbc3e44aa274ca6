import { proxyVariables } from '../../shared/steps/content/services.ts';
import { type Packages, packagesOf } from '../machine/packages/index.ts';
import { rememberBeforeKubernetes } from '../prior/kubernetes.ts';
import { changeOf } from './declared.ts';
import { beginPackageChanges, endPackageChanges } from './package-changes.ts';
import { choosePackages } from './package-choice.ts';
import { packageState } from './package-state.ts';
import type { Step, StepContext } from './step.ts';

export const packages: Step = {
  id: 'packages',

  async check({ host, assignment }) {
    const found = await packageState(host, assignment);
    if (found.state === 'as-planned') return { state: 'done' };
    if (found.state === 'loose') return { state: 'todo', message: found.message };
    if (found.state === 'missing') {
      const { installsAfter } = assignment;
      if (installsAfter === null) return { state: 'todo', message: found.message };
      return {
        state: 'waiting',
        message: {
          en: `waiting for ${installsAfter}, which installs first and creates the cluster`,
          zh: `等待 ${installsAfter}：它先安装并创建集群`,
        },
      };
    }
    // Not a wait: nothing is going to change, and the check `installed-version` reports it.
    return {
      state: 'done',
      message: {
        en: `${found.message.en}; muster does not change the version of an existing Node`,
        zh: `${found.message.zh}；muster 不会更改已有 Node 的版本`,
      },
    };
  },

  async apply(context) {
    const { host, assignment, say } = context;
    const { settings } = assignment;
    const { install, hold } = changeOf('packages', 'packages', context);
    const manager = await packagesOf(host);
    const means = {
      runLong: context.runLong,
      proxy: proxyVariables(settings),
      say,
      sleep: sleepIn(context),
      files: host,
    };
    await rememberBeforeKubernetes(host, settings);
    if ((await packageState(host, assignment)).state === 'loose') return holdInstalled(manager, hold);
    if ((await host.unitState('packages')) === 'none') {
      await beginPackageChanges(host);
      await manager.finishInterrupted(means);
      await manager.refresh(means);
    }
    const { packages, version, runtime } = await choosePackages(host, install, settings);
    const all = packages.map(({ name, version: at }) => (at === null ? name : `${name} ${at}`));
    say({ en: `installing ${all.join(', ')}`, zh: `正在安装 ${all.join('、')}` });
    await manager.install(packages, means);
    await holdInstalled(manager, hold);
    await endPackageChanges(host, { version, runtime });
  },
};

/** Packages that the release does not have cannot be held. */
async function holdInstalled(manager: Packages, names: readonly string[]): Promise<void> {
  await manager.hold([...(await manager.installed(names)).keys()]);
}

/** A sleep that throws when the step's signal fires. */
const sleepIn =
  ({ host, signal }: StepContext) =>
  async (ms: number): Promise<void> => {
    await host.sleep(ms, signal);
    signal.throwIfAborted();
  };
