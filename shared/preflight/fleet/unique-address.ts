import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, warning } from '../check.ts';
import type { FleetKnown } from './known.ts';
import { alsoOn } from './sharing.ts';

export const uniqueAddress: Check<FleetKnown> = {
  id: 'unique-address',
  group: 'fleet',
  level: 'error',
  depends: { en: 'Warning on the host that the address is planned for.', zh: '计划使用该地址的主机为警告。' },
  fixed: true,
  title: { en: 'Planned addresses are unique', zh: '计划地址唯一' },
  reason: {
    en: 'Two machines with one address take over each other’s connections, and their certificates do not match.',
    zh: '两台机器使用同一地址会互相抢占连接，证书也不匹配。',
  },
  needed: { en: 'each planned address on its own host only', zh: '每个计划地址仅用于其所属主机' },
  remedy: {
    en: 'Remove the address from the host that it is not planned for',
    zh: '从并非计划使用该地址的主机上移除该地址',
  },
  command: '',
  judge({ member: { name, address, facts }, fleet }) {
    const foreign = facts.addresses.find((one) => (fleet.planned.get(one.address) ?? name) !== name)?.address;
    if (foreign !== undefined) {
      const owner = fleet.planned.get(foreign);
      return error({ en: `has ${foreign}, the address of ${owner}`, zh: `拥有 ${owner} 的地址 ${foreign}` });
    }
    const others = (fleet.addresses.get(address) ?? []).filter((other) => other !== name);
    return others.length === 0 ? ok(verbatim(address)) : warning(alsoOn(address, others));
  },
};
