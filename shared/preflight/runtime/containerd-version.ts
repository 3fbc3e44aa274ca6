import { minorVersion } from '../../kubeadm/version.ts';
import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, ok, warning } from '../check.ts';
import { compareVersions } from '../versions.ts';

export const containerdVersion: Check = {
  id: 'containerd-version',
  group: 'runtime',
  level: 'error',
  guards: ['packages', ...becomesNode],
  depends: {
    en: 'Error if the kubelet cannot use it: Kubernetes 1.26 and newer need containerd 1.6. Warning below 1.4.',
    zh: 'kubelet 无法使用时为错误：Kubernetes 1.26 及更高版本需要 containerd 1.6。低于 1.4 为警告。',
  },
  title: { en: 'containerd supports this kubelet’s CRI version', zh: 'containerd 支持该 kubelet 的 CRI 版本' },
  reason: {
    en: 'From 1.26 the kubelet uses CRI v1 only and exits with "unknown service runtime.v1.RuntimeService".',
    zh: '自 1.26 起 kubelet 只使用 CRI v1，不支持时以 “unknown service runtime.v1.RuntimeService” 退出。',
  },
  needed: {
    en: 'containerd 1.6 or newer for Kubernetes 1.26 and newer',
    zh: 'Kubernetes 1.26 及更高版本需要 containerd 1.6 或更高版本',
  },
  remedy: {
    en: 'Plan a newer package (runtime.package: containerd.io), or Kubernetes 1.25 or older',
    zh: '在计划中使用更新的软件包（runtime.package: containerd.io），或使用 Kubernetes 1.25 及更低版本',
  },
  command: '',
  judge({ facts, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'containerd') return null;
    const version = facts.runtimes.find(({ name }) => name === 'containerd')?.version ?? null;
    if (version === null) return ok({ en: 'containerd is not installed yet', zh: 'containerd 尚未安装' });
    const seen = verbatim(`containerd ${version}`);
    if (minorVersion(assignment.settings.kubernetes.version) >= 26 && compareVersions(version, '1.6') < 0)
      return error(seen);
    return compareVersions(version, '1.4') < 0 ? warning(seen) : ok(seen);
  },
};
