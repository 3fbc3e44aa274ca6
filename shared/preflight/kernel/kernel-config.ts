import { becomesNode, type Check, error, ok, unknown, warning } from '../check.ts';
import { kernelCases, otherKernel } from './boot.ts';

/** kubeadm's list, except what other checks cover (namespaces, cgroups). */
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
  guards: becomesNode,
  depends: {
    en: 'Error for options the kubelet requires, warning for options of network plugins and resource limits.',
    zh: 'kubelet 必需的选项为错误；网络插件与资源限制所需的选项为警告。',
  },
  title: { en: 'Kernel build options are complete', zh: '内核编译选项完整' },
  reason: {
    en: 'Custom kernels often lack an option, which shows only when the first pod fails.',
    zh: '自行编译的内核常缺少选项，直到第一个 Pod 失败才会暴露。',
  },
  needed: {
    en: `CONFIG_ options ${required.join(', ')}; recommended: ${wanted.join(', ')}`,
    zh: `必需的 CONFIG_ 选项：${required.join('、')}；建议：${wanted.join('、')}`,
  },
  remedy: {
    en: 'Boot the distribution’s kernel, or build the options in',
    zh: '使用发行版内核启动，或将这些选项编译进内核',
  },
  command: '',
  cases: kernelCases,
  judge({ facts }) {
    const { machine, kernel } = facts;
    const { kernelConfig: config } = machine;
    if (config === null)
      return unknown({ en: `/boot/config-${kernel} does not exist`, zh: `/boot/config-${kernel} 不存在` });
    const lacking = (names: readonly string[]) =>
      names.filter((name) => config[name] === 'n').map((name) => `CONFIG_${name}`);
    const [missing, poor] = [lacking(required), lacking(wanted)];
    const list = [...missing, ...poor].join(', ');
    if (list === '')
      return ok({
        en: `/boot/config-${kernel}: ${kernelOptions.length} options checked, none missing`,
        zh: `/boot/config-${kernel}：已检查 ${kernelOptions.length} 个选项，没有缺失`,
      });
    const seen = { en: `missing: ${list}`, zh: `缺少：${list}` };
    return missing.length > 0 ? error(seen, otherKernel(facts)) : warning(seen, otherKernel(facts));
  },
};
