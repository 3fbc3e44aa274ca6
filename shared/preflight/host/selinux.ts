import { defaultPreparation } from '../../plan/defaults.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const seLinux: Check = {
  id: 'selinux',
  group: 'host',
  level: 'warning',
  title: { en: 'SELinux does not block pods', zh: 'SELinux 不阻止 Pod 运行' },
  reason: {
    en: 'Debian and Ubuntu ship no SELinux policy for Kubernetes: in enforcing mode, pods cannot access their volumes and the kubelet cannot access its files.',
    zh: 'Debian 与 Ubuntu 不提供适用于 Kubernetes 的 SELinux 策略：在强制模式下，Pod 无法访问卷，kubelet 无法访问自身文件。',
  },
  needed: {
    en: 'permissive, off, or labels on the pods’ directories (selinux: contexts in the plan)',
    zh: '宽容模式、关闭，或为 Pod 的目录设置标签（计划中的 selinux: contexts）',
  },
  remedy: {
    en: 'Set SELinux to permissive, now and in /etc/selinux/config',
    zh: '将 SELinux 设为宽容模式，并写入 /etc/selinux/config',
  },
  command: "sudo setenforce 0 && sudo sed -i 's/^SELINUX=enforcing/SELINUX=permissive/' /etc/selinux/config",
  step: 'selinux',
  judge({ facts: { machine }, assignment, owns }) {
    if (machine.seLinux === null) return notLooked;
    if (machine.seLinux !== 'enforcing') return ok(verbatim(`SELinux: ${machine.seLinux}`));
    const { selinux } = assignment?.settings.preparation ?? defaultPreparation;
    const enforcing = verbatim('SELinux: enforcing');
    if (selinux === 'keep') return warning(enforcing, { step: null });
    if (selinux === 'contexts' && owns)
      return ok({
        en: 'SELinux: enforcing; muster labels the pods’ directories',
        zh: 'SELinux: enforcing；muster 已为 Pod 的目录设置标签',
      });
    return warning(enforcing);
  },
};
