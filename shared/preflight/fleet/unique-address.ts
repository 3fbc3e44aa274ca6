import type { Check } from '../check.ts';
import type { FleetKnown } from './known.ts';
import { judgeShared } from './sharing.ts';

export const uniqueAddress: Check<FleetKnown> = {
  id: 'unique-address',
  group: 'fleet',
  level: 'error',
  fixed: true,
  title: { en: 'Planned address is unique', zh: '计划地址唯一' },
  reason: {
    en: 'Two machines with one address take over each other’s connections, and their certificates do not match.',
    zh: '两台机器使用同一地址会互相抢占连接，证书也不匹配。',
  },
  needed: { en: 'the planned address on this host only', zh: '只有本机使用计划地址' },
  remedy: { en: 'Remove the address from the other host', zh: '从另一台主机上移除该地址' },
  command: '',
  judge: ({ member, fleet }) => judgeShared(member.address, member.name, fleet.addresses),
};
