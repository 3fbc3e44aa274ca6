import type { Assignment } from '../../protocol/assignment.ts';
import { boundCases, judgeBounds } from '../bounds.ts';
import { becomesNode, type Check, unknown, warning } from '../check.ts';
import { kernelCommandLine } from './boot.ts';
import { cgroupName } from './cgroup-name.ts';

export const cgroupVersion: Check = {
  id: 'cgroup-version',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: 'cgroup v1 is an error from Kubernetes 1.35, unless the plan allows it, and a warning from 1.31.',
    zh: '自 Kubernetes 1.35 起 cgroup v1 为错误（除非计划允许），自 1.31 起为警告。',
  },
  title: { en: 'Cgroup version is supported by this Kubernetes version', zh: 'cgroup 版本受该 Kubernetes 版本支持' },
  reason: {
    en: 'The kubelet of Kubernetes 1.35 does not start on cgroup v1.',
    zh: 'Kubernetes 1.35 的 kubelet 无法在 cgroup v1 上启动。',
  },
  needed: { en: 'cgroup v2', zh: 'cgroup v2' },
  remedy: {
    en: 'Add systemd.unified_cgroup_hierarchy=1 to the kernel command line and reboot, or plan Kubernetes 1.34 or older',
    zh: '在内核命令行中加入 systemd.unified_cgroup_hierarchy=1 并重启，或在计划中使用 Kubernetes 1.34 及更低版本',
  },
  command: kernelCommandLine('systemd.unified_cgroup_hierarchy=1'),
  cases: boundCases('cgroup'),
  judge({ facts: { cgroup }, assignment }) {
    if (assignment === null) return null;
    if (cgroup.version === 'unknown')
      return unknown({ en: 'cgroup version could not be read', zh: '无法读取 cgroup 版本' });
    const seen = cgroupName[cgroup.version];
    const version = cgroup.version === 'hybrid' ? '1' : cgroup.version;
    const verdict = judgeBounds('cgroup', version, assignment.settings.kubernetes.version, seen);
    return verdict.level === 'error' && allowsCgroupV1(assignment) ? warning(seen) : verdict;
  },
};

/** The kubelet starts on cgroup v1 if told to, and kubeadm accepts it if its check is ignored. */
function allowsCgroupV1({ bootstrap, settings }: Assignment): boolean {
  const { kubeletConfiguration, initConfiguration, joinConfiguration } = settings.kubernetes.components;
  const { nodeRegistration } = bootstrap === 'init' ? initConfiguration : joinConfiguration;
  const ignored = (nodeRegistration as { ignorePreflightErrors?: unknown } | undefined)?.ignorePreflightErrors;
  const isIgnored = Array.isArray(ignored) && ignored.some((name) => /^(SystemVerification|all)$/i.test(String(name)));
  return kubeletConfiguration.failCgroupV1 === false && isIgnored;
}
