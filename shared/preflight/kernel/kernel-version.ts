import { compareVersions } from '../../compatibility/versions.ts';
import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';
import { kernelCases, otherKernel } from './boot.ts';

const oldest = '3.10';

export const kernelVersion: Check = {
  id: 'kernel-version',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  title: { en: 'Kernel is supported', zh: '内核受支持' },
  reason: {
    en: 'kubeadm refuses older kernels: their namespaces and cgroups are incomplete.',
    zh: 'kubeadm 拒绝更旧的内核：其命名空间与 cgroup 不完整。',
  },
  needed: { en: `kernel ${oldest} or newer`, zh: `内核 ${oldest} 或更高版本` },
  remedy: { en: 'Install and boot the distribution’s current kernel', zh: '安装发行版的当前内核并使用它启动' },
  command: '',
  cases: kernelCases,
  judge({ facts }) {
    const { kernel } = facts;
    if (!/^\d+\.\d+/.test(kernel)) return notLooked;
    return compareVersions(kernel, oldest) >= 0 ? ok(verbatim(kernel)) : error(verbatim(kernel), otherKernel(facts));
  },
};
