import { type Check, unknown } from '../check.ts';
import type { FleetKnown } from './known.ts';
import { judgeShared } from './sharing.ts';

export const uniqueMachineId: Check<FleetKnown> = {
  id: 'unique-machine-id',
  group: 'fleet',
  level: 'error',
  fixed: true,
  title: { en: 'No other host has this machine id', zh: 'machine-id 在主机间唯一' },
  reason: {
    en: 'Cloned machines share it: DHCP gives both one address, and network plugins and storage take them for one.',
    zh: '克隆的机器会共用它：DHCP 会分配相同地址，网络插件与存储会把它们当作同一台。',
  },
  needed: { en: 'a machine id of its own', zh: '独有的 machine-id' },
  remedy: { en: 'On the clone: make a new one, then reboot', zh: '在克隆出的机器上重新生成，然后重启' },
  command: 'sudo rm -f /etc/machine-id /var/lib/dbus/machine-id && sudo systemd-machine-id-setup && sudo reboot',
  judge({ member, fleet }) {
    const { machineId } = member.facts;
    return machineId === null
      ? unknown({ en: 'it has none', zh: '没有 machine-id' })
      : judgeShared(machineId, member.name, fleet.machineIds);
  },
};
