import { runtimeVersion } from '../../compatibility/runtime-version.ts';
import { compareVersions } from '../../compatibility/versions.ts';
import { verbatim } from '../../text/local-text.ts';
import { boundCases } from '../bounds.ts';
import { becomesNode, type Check, error, unknown } from '../check.ts';
import { judgeRuntime } from './planned-version.ts';

/** The first version that supports cgroup v2. */
const firstOnV2 = '20.10';

export const dockerVersion: Check = {
  id: 'docker-version',
  group: 'runtime',
  level: 'error',
  guards: ['packages', ...becomesNode],
  depends: {
    en: 'Only if docker is planned. Judges the installed package, or the one that would be installed.',
    zh: '仅当计划使用 docker 时检查。判断已安装的软件包，或将要安装的软件包。',
  },
  title: {
    en: 'docker is supported by this Kubernetes version and the host’s cgroup version',
    zh: 'docker 受该 Kubernetes 版本和该主机的 cgroup 版本支持',
  },
  reason: {
    en: 'The kubelet cannot use a docker that is too new, and a docker without cgroup v2 starts no container.',
    zh: 'kubelet 无法使用过新的 docker；不支持 cgroup v2 的 docker 无法启动容器。',
  },
  needed: { en: `docker ${firstOnV2} or newer on cgroup v2`, zh: `cgroup v2 需要 docker ${firstOnV2} 或更高版本` },
  remedy: {
    en: 'Set runtime.version and runtime.packages in the plan to a supported version',
    zh: '在计划中将 runtime.version 和 runtime.packages 设为受支持的版本',
  },
  command: '',
  cases: boundCases('docker'),
  judge({ facts, assignment }) {
    if (assignment?.settings.runtime.name !== 'docker') return null;
    const verdict = judgeRuntime(facts, assignment.settings);
    const { version } = runtimeVersion(facts, assignment.settings.runtime);
    if (verdict.level !== 'ok' || version === null) return verdict;
    const seen = verbatim(`docker ${version}`);
    if (facts.cgroup.version === 'unknown') return unknown(seen);
    return facts.cgroup.version === '2' && compareVersions(version, firstOnV2) < 0 ? error(seen) : verdict;
  },
};
