import { defaultPreparation } from '../../plan/defaults.ts';
import { verbatim } from '../../text/local-text.ts';
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
  needed: {
    en: 'permissive, off, or labels for what pods use (selinux: contexts in the plan)',
    zh: '宽容模式、关闭，或为 Pod 所用目录设置标签（在计划中设置 selinux: contexts）',
  },
  remedy: {
    en: 'Make it permissive, now and in /etc/selinux/config',
    zh: '立即改为宽容模式，并修改 /etc/selinux/config',
  },
  command: "sudo setenforce 0 && sudo sed -i 's/^SELINUX=enforcing/SELINUX=permissive/' /etc/selinux/config",
  step: 'selinux',
  judge({ facts: { machine }, assignment, owns }) {
    if (machine.seLinux === null) return notLooked;
    if (machine.seLinux !== 'enforcing') return ok(verbatim(machine.seLinux));
    const { selinux } = assignment?.settings.preparation ?? defaultPreparation;
    if (selinux === 'keep') return warning(verbatim('enforcing'), { step: null });
    if (selinux === 'contexts' && owns)
      return ok({ en: 'enforcing, and muster labels what pods use', zh: '强制模式，muster 已为 Pod 所用目录设置标签' });
    return warning(verbatim('enforcing'));
  },
};
