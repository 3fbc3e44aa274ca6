import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const swapAtBoot: Check = {
  id: 'swap-at-boot',
  group: 'host',
  level: 'warning',
  title: { en: 'Swap stays off after a reboot', zh: '重启后交换空间保持关闭' },
  reason: {
    en: 'A node whose swap comes back at boot does not come back itself: the kubelet stops there.',
    zh: '若交换空间在启动时恢复，kubelet 会停止，节点无法自行恢复。',
  },
  needed: {
    en: 'no swap in /etc/fstab and no swap unit of systemd',
    zh: '/etc/fstab 中没有 swap 行，也没有 systemd 的 swap 单元',
  },
  remedy: { en: 'Comment the lines out, and mask the units', zh: '注释掉相应行，并屏蔽这些单元' },
  command: "sudo sed -i '/\\sswap\\s/s/^/#/' /etc/fstab",
  step: 'swap',
  judge({ facts: { swap, machine } }) {
    if (swap.fstab.length > 0)
      return warning({
        en: `in /etc/fstab: ${swap.fstab.join('; ')}`,
        zh: `/etc/fstab 中有：${swap.fstab.join('；')}`,
      });
    if (machine.swapUnits === null) return notLooked;
    if (machine.swapUnits.length === 0) return ok({ en: 'nothing turns it on', zh: '不会被开启' });
    const units = machine.swapUnits.join(' ');
    return warning(verbatim(units), { command: `sudo systemctl mask ${units}` });
  },
};
