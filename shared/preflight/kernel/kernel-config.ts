import { type Check, error, ok, unknown, warning } from '../check.ts';

/** kubeadm's list. What shows elsewhere (namespaces, cgroups) counts there and not here. */
const required = [
  'INET',
  'CGROUP_SCHED',
  'MEMCG',
  'CGROUP_DEVICE',
  'CGROUP_FREEZER',
  'CGROUP_PIDS',
  'CPUSETS',
  'FAIR_GROUP_SCHED',
];
const wanted = [
  'OVERLAY_FS',
  'NETFILTER_XT_TARGET_REDIRECT',
  'NETFILTER_XT_MATCH_COMMENT',
  'BRIDGE_NETFILTER',
  'CFS_BANDWIDTH',
  'SECCOMP',
  'BLK_DEV_DM',
  'CGROUP_BPF',
];
export const kernelOptions: readonly string[] = [...required, ...wanted];

export const kernelConfig: Check = {
  id: 'kernel-config',
  group: 'kernel',
  level: 'error',
  depends: {
    en: 'Error for what the kubelet needs, warning for what network plugins and limits need.',
    zh: 'kubelet 必需的选项为错误；网络插件与资源限制所需的为警告。',
  },
  title: { en: 'Kernel was built with what Kubernetes uses', zh: '内核编译选项满足 Kubernetes' },
  reason: {
    en: 'A kernel of one’s own often lacks an option, which shows only when the first pod fails.',
    zh: '自行编译的内核常缺少选项，直到第一个 Pod 失败才会暴露。',
  },
  needed: {
    en: `CONFIG_ of ${required.join(', ')}; wanted: ${wanted.join(', ')}`,
    zh: `必需的 CONFIG_：${required.join('、')}；建议：${wanted.join('、')}`,
  },
  remedy: {
    en: 'Boot the distribution’s own kernel, or build these in',
    zh: '改用发行版自带内核，或将这些选项编译进内核',
  },
  command: 'sudo apt-get install linux-image-amd64 && sudo reboot',
  judge({ facts: { machine, kernel } }) {
    const { kernelConfig: config } = machine;
    if (config === null)
      return unknown({ en: `there is no /boot/config-${kernel}`, zh: `没有 /boot/config-${kernel}` });
    const lacking = (names: readonly string[]) =>
      names.filter((name) => config[name] === 'n').map((name) => `CONFIG_${name}`);
    const [missing, poor] = [lacking(required), lacking(wanted)];
    const list = [...missing, ...poor].join(', ');
    if (list === '') return ok({ en: 'all of them', zh: '齐全' });
    const seen = { en: `without ${list}`, zh: `缺少 ${list}` };
    return missing.length > 0 ? error(seen) : warning(seen);
  },
};
