import { boundCases } from '../bounds.ts';
import { becomesNode, type Check } from '../check.ts';
import { judgeRuntime } from './planned-version.ts';

export const containerdVersion: Check = {
  id: 'containerd-version',
  group: 'runtime',
  level: 'error',
  guards: ['packages', ...becomesNode],
  depends: {
    en: 'Only if containerd is planned. Judges the installed package, or the one that would be installed.',
    zh: '仅当计划使用 containerd 时检查。判断已安装的软件包，或将要安装的软件包。',
  },
  title: { en: 'containerd is supported by this Kubernetes version', zh: 'containerd 受该 Kubernetes 版本支持' },
  reason: {
    en: 'A kubelet and a containerd without a common CRI version do not work together: "unknown service runtime.v1.RuntimeService".',
    zh: 'kubelet 与 containerd 没有共同的 CRI 版本时无法协同工作：“unknown service runtime.v1.RuntimeService”。',
  },
  needed: {
    en: 'containerd 1.6 or newer from Kubernetes 1.26; older than 2.0 up to 1.22',
    zh: 'Kubernetes 1.26 起需要 containerd 1.6 或更高版本；1.22 及更低版本需要低于 2.0',
  },
  remedy: {
    en: 'Set runtime.version and runtime.packages in the plan to a supported version',
    zh: '在计划中将 runtime.version 和 runtime.packages 设为受支持的版本',
  },
  command: '',
  cases: boundCases('containerd'),
  judge: ({ facts, assignment }) => {
    if (assignment?.settings.runtime.name !== 'containerd') return null;
    return judgeRuntime(facts, assignment.settings);
  },
};
