import { type Check, unknown } from '../check.ts';
import type { FleetKnown } from './known.ts';
import { judgeShared } from './sharing.ts';

export const uniqueMachineId: Check<FleetKnown> = {
  id: 'unique-machine-id',
  group: 'fleet',
  level: 'error',
  depends: { en: 'Warning on the host that had the value first.', zh: '最先使用该值的主机为警告。' },
  fixed: true,
  title: { en: 'Machine ID is unique', zh: 'machine-id 唯一' },
  reason: {
    en: 'Clones share it: DHCP gives them one address, and network plugins and storage treat them as one machine.',
    zh: '克隆的机器共用同一 machine-id：DHCP 会分配相同地址，网络插件与存储会将其视为同一台机器。',
  },
  needed: { en: 'a unique machine ID', zh: '唯一的 machine-id' },
  remedy: {
    en: 'Generate a new machine ID on the clone, then reboot it',
    zh: '在克隆的机器上重新生成 machine-id，然后重启',
  },
  command: 'sudo rm -f /etc/machine-id /var/lib/dbus/machine-id && sudo systemd-machine-id-setup && sudo reboot',
  judge({ member, fleet }) {
    const { machineId } = member.facts;
    return machineId === null
      ? unknown({ en: 'no machine ID', zh: '没有 machine-id' })
      : judgeShared(machineId, member.name, fleet.machineIds);
  },
};
