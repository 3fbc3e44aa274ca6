import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';
import { type FleetKnown, interfaceOf, mtuOf } from './known.ts';

export const sameMtu: Check<FleetKnown> = {
  id: 'same-mtu',
  group: 'fleet',
  level: 'warning',
  title: { en: 'MTU matches the other hosts', zh: 'MTU 与其他主机一致' },
  reason: {
    en: 'With different MTUs small packets pass and large ones are dropped: ping works, and TLS to this host’s pods hangs.',
    zh: 'MTU 不一致时小数据包可达而大数据包被丢弃：ping 正常，但与该主机上 Pod 的 TLS 连接会卡住。',
  },
  needed: { en: 'the MTU of the other hosts', zh: '与其他主机相同的 MTU' },
  remedy: { en: 'Set the interface’s MTU to that of the other hosts', zh: '将网络接口的 MTU 设为与其他主机一致' },
  command: 'sudo ip link set dev {interface} mtu {mtu}',
  judge({ member, fleet }) {
    const own = mtuOf(member);
    if (own === null || fleet.usualMtu === null) return notLooked;
    if (own === fleet.usualMtu) return ok(verbatim(`MTU ${own}`));
    return warning(
      { en: `MTU ${own}; other hosts ${fleet.usualMtu}`, zh: `MTU ${own}；其他主机为 ${fleet.usualMtu}` },
      { values: { interface: interfaceOf(member)?.interface ?? '', mtu: `${fleet.usualMtu}` } },
    );
  },
};
