import { verbatim } from '../../local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const seLinux: Check = {
  id: 'selinux',
  group: 'host',
  level: 'warning',
  title: { en: 'SELinux lets pods work', zh: 'SELinux 不妨碍 Pod 运行' },
  reason: {
    en: 'On Debian and Ubuntu there is no policy for Kubernetes: enforcing, it keeps pods from their volumes and the kubelet from its files.',
    zh: 'Debian 与 Ubuntu 没有适用于 Kubernetes 的策略：强制模式下 Pod 无法访问卷，kubelet 无法访问自身文件。',
  },
  needed: { en: 'permissive or off', zh: '宽容模式或关闭' },
  remedy: {
    en: 'Make it permissive, now and in /etc/selinux/config',
    zh: '立即改为宽容模式，并修改 /etc/selinux/config',
  },
  command: "sudo setenforce 0 && sudo sed -i 's/^SELINUX=enforcing/SELINUX=permissive/' /etc/selinux/config",
  judge({ facts: { machine } }) {
    if (machine.seLinux === null) return notLooked;
    return machine.seLinux === 'enforcing' ? warning(verbatim('enforcing')) : ok(verbatim(machine.seLinux));
  },
};
