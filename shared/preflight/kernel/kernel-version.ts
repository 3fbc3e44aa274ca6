import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';
import { compareVersions } from '../versions.ts';

const oldest = '3.10';

export const kernelVersion: Check = {
  id: 'kernel-version',
  group: 'kernel',
  level: 'error',
  title: { en: 'Kernel is not ancient', zh: '内核版本不过旧' },
  reason: {
    en: 'kubeadm refuses anything older: namespaces and cgroups are not complete there.',
    zh: '更旧的内核命名空间与 cgroup 不完整，kubeadm 拒绝使用。',
  },
  needed: { en: `${oldest} or newer`, zh: `${oldest} 或更新` },
  remedy: { en: 'Install the distribution’s current kernel and boot it', zh: '安装发行版当前内核并以其启动' },
  command: 'sudo apt-get install linux-image-amd64 && sudo reboot',
  judge({ facts: { kernel } }) {
    if (!/^\d+\.\d+/.test(kernel)) return notLooked;
    return compareVersions(kernel, oldest) >= 0 ? ok(verbatim(kernel)) : error(verbatim(kernel));
  },
};
