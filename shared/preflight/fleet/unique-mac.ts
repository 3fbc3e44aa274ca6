import { type Check, unknown } from '../check.ts';
import { type FleetKnown, interfaceOf } from './known.ts';
import { judgeShared } from './sharing.ts';

export const uniqueMac: Check<FleetKnown> = {
  id: 'unique-mac',
  group: 'fleet',
  level: 'error',
  fixed: true,
  title: { en: 'No other host has this MAC address', zh: 'MAC 地址在主机间唯一' },
  reason: {
    en: 'A switch sends the packets of both to whichever spoke last: connections break at random.',
    zh: '交换机会把两者的报文发给最后通信的一方，连接会随机中断。',
  },
  needed: { en: 'a MAC address of its own on the planned interface', zh: '计划所用网卡的 MAC 地址唯一' },
  remedy: {
    en: 'Let the hypervisor make a new one for the clone’s network card',
    zh: '在虚拟化平台中为克隆机网卡生成新的 MAC 地址',
  },
  command: '',
  judge({ member, fleet }) {
    const mac = interfaceOf(member)?.mac ?? '';
    return mac === ''
      ? unknown({ en: 'it could not be read', zh: '无法读取' })
      : judgeShared(mac, member.name, fleet.macs);
  },
};
