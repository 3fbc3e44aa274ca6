import type { Check } from '../check.ts';
import type { FleetKnown } from './known.ts';
import { judgeShared } from './sharing.ts';

export const uniqueAddress: Check<FleetKnown> = {
  id: 'unique-address',
  group: 'fleet',
  level: 'error',
  fixed: true,
  title: { en: 'No other host has the planned address', zh: '计划地址未被其他主机占用' },
  reason: {
    en: 'Two machines that answer for one address take each other’s connections, and certificates fit neither.',
    zh: '两台机器应答同一地址会互相抢占连接，证书也都不匹配。',
  },
  needed: { en: 'the planned address on this host alone', zh: '只有本机拥有计划中的地址' },
  remedy: { en: 'Take the address off the other host', zh: '从另一台主机上移除该地址' },
  command: '',
  judge: ({ member, fleet }) => judgeShared(member.address, member.name, fleet.addresses),
};
