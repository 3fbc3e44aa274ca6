import { type Check, unknown } from '../check.ts';
import { type FleetKnown, interfaceOf } from './known.ts';
import { judgeShared } from './sharing.ts';

export const uniqueMac: Check<FleetKnown> = {
  id: 'unique-mac',
  group: 'fleet',
  level: 'error',
  depends: { en: 'Warning on the host that had the value first.', zh: '最先使用该值的主机为警告。' },
  fixed: true,
  title: { en: 'MAC address is unique', zh: 'MAC 地址唯一' },
  reason: {
    en: 'A switch sends both hosts’ packets to whichever spoke last: connections fail at random.',
    zh: '交换机会将两台主机的数据包发给最后通信的一方，连接会随机中断。',
  },
  needed: { en: 'a unique MAC address on the planned interface', zh: '计划地址所在网络接口的 MAC 地址唯一' },
  remedy: {
    en: 'Generate a new MAC address for the clone in the hypervisor',
    zh: '在虚拟化平台中为克隆的虚拟机生成新的 MAC 地址',
  },
  command: '',
  judge({ member, fleet }) {
    const mac = interfaceOf(member)?.mac ?? '';
    return mac === ''
      ? unknown({ en: 'MAC address could not be read', zh: '无法读取 MAC 地址' })
      : judgeShared(mac, member.name, fleet.macs);
  },
};
