import { minorVersion } from '../../kubeadm/version.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, warning } from '../check.ts';
import { compareVersions } from '../versions.ts';

export const containerdVersion: Check = {
  id: 'containerd-version',
  group: 'runtime',
  level: 'error',
  depends: {
    en: 'Error where the kubelet can’t talk to it: 1.6 is the first from Kubernetes 1.26 on. Warning for anything before 1.4.',
    zh: 'kubelet 无法与其通信时为错误：Kubernetes 1.26 起至少需要 1.6。早于 1.4 为警告。',
  },
  title: { en: 'containerd speaks this kubelet’s language', zh: 'containerd 版本与 kubelet 匹配' },
  reason: {
    en: 'From 1.26 on the kubelet asks for CRI v1 only, and ends with "unknown service runtime.v1.RuntimeService".',
    zh: '自 1.26 起 kubelet 只使用 CRI v1，否则以 “unknown service runtime.v1.RuntimeService” 退出。',
  },
  needed: { en: '1.6 or newer for Kubernetes 1.26 and newer', zh: 'Kubernetes 1.26 及更新需要 1.6 或更新' },
  remedy: {
    en: 'Plan a newer package (runtime.package: containerd.io), or Kubernetes 1.25 or older',
    zh: '在计划中使用更新的软件包（runtime.package: containerd.io），或使用 1.25 及更早版本',
  },
  command: 'apt-cache policy containerd containerd.io',
  judge({ facts, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'containerd') return null;
    const version = facts.runtimes.find(({ name }) => name === 'containerd')?.version ?? null;
    if (version === null) return ok({ en: 'not installed yet', zh: '尚未安装' });
    const seen = verbatim(version);
    if (minorVersion(assignment.settings.kubernetes.version) >= 26 && compareVersions(version, '1.6') < 0)
      return error(seen);
    return compareVersions(version, '1.4') < 0 ? warning(seen) : ok(seen);
  },
};
