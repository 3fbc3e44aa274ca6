import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';
import { type FleetKnown, mtuOf } from './known.ts';

export const sameMtu: Check<FleetKnown> = {
  id: 'same-mtu',
  group: 'fleet',
  level: 'warning',
  title: { en: 'The hosts’ networks carry packets of one size', zh: '各主机 MTU 一致' },
  reason: {
    en: 'Small packets pass and large ones vanish: pings work, and TLS to pods of that host hangs.',
    zh: '小报文可达而大报文丢失：ping 正常，但访问该主机 Pod 的 TLS 连接会卡住。',
  },
  needed: { en: 'the MTU that the others have', zh: '与其他主机相同的 MTU' },
  remedy: { en: 'Set the interface’s MTU to that of the others', zh: '将网卡 MTU 改为与其他主机一致' },
  command: '',
  judge({ member, fleet }) {
    const own = mtuOf(member);
    if (own === null || fleet.usualMtu === null) return notLooked;
    if (own === fleet.usualMtu) return ok(verbatim(`${own}`));
    const command = `sudo ip link set dev ${member.facts.addresses.find(({ address }) => address === member.address)?.interface} mtu ${fleet.usualMtu}`;
    return warning(
      { en: `${own}; the others have ${fleet.usualMtu}`, zh: `${own}；其他主机为 ${fleet.usualMtu}` },
      { command },
    );
  },
};
