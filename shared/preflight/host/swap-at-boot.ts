import { type Check, notLooked, ok, warning } from '../check.ts';

export const swapAtBoot: Check = {
  id: 'swap-at-boot',
  group: 'host',
  level: 'warning',
  title: { en: 'Swap stays off after a reboot', zh: '重启后交换空间保持关闭' },
  reason: {
    en: 'If swap is on after a boot, the kubelet does not start and the node stays NotReady.',
    zh: '若启动后交换空间开启，kubelet 无法启动，节点会一直处于 NotReady 状态。',
  },
  needed: {
    en: 'no swap entry in /etc/fstab and no systemd swap unit',
    zh: '/etc/fstab 中没有交换空间条目，也没有 systemd swap 单元',
  },
  remedy: {
    en: 'Comment out the entries in /etc/fstab and mask the swap units',
    zh: '注释掉 /etc/fstab 中的条目，并屏蔽 swap 单元',
  },
  command: "sudo sed -i '/\\sswap\\s/s/^/#/' /etc/fstab",
  cases: { units: { command: 'sudo systemctl mask {units}' } },
  step: 'swap',
  judge({ facts: { swap, machine } }) {
    if (swap.fstab.length > 0)
      return warning({
        en: `/etc/fstab: ${swap.fstab.join('; ')}`,
        zh: `/etc/fstab：${swap.fstab.join('；')}`,
      });
    if (machine.swapUnits === null) return notLooked;
    if (machine.swapUnits.length === 0)
      return ok({ en: 'no entry in /etc/fstab, no swap unit', zh: '/etc/fstab 中没有条目，没有 swap 单元' });
    const units = machine.swapUnits;
    return warning(
      { en: `swap units: ${units.join(', ')}`, zh: `swap 单元：${units.join('、')}` },
      { case: 'units', values: { units } },
    );
  },
};
