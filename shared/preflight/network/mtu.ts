import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** The minimum IPv6 MTU and the 50 bytes of a VXLAN header. */
const least = 1330;

export const mtu: Check = {
  id: 'mtu',
  group: 'network',
  level: 'warning',
  title: { en: 'MTU is large enough for a tunnel', zh: 'MTU 足以承载隧道' },
  reason: {
    en: 'Network plugins use 20 to 60 bytes of each packet; the rest must carry TLS handshakes without fragmentation.',
    zh: '网络插件占用每个数据包的 20 至 60 字节；剩余部分必须能承载 TLS 握手而不分片。',
  },
  needed: {
    en: `an MTU of at least ${least} on the planned interface`,
    zh: `计划地址所在网络接口的 MTU 至少为 ${least}`,
  },
  remedy: {
    en: 'Raise the MTU if the network allows it, or set the plugin’s MTU',
    zh: '在网络允许的情况下调大 MTU，或设置插件的 MTU',
  },
  command: 'sudo ip link set dev {interface} mtu 1500',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const own = facts.addresses.find(({ address }) => address === assignment.host.address)?.interface;
    const found = facts.network.interfaces?.find(({ name }) => name === own);
    if (found === undefined) return notLooked;
    const seen = verbatim(`${found.name}: MTU ${found.mtu}`);
    return found.mtu >= least ? ok(seen) : warning(seen, { values: { interface: found.name } });
  },
};
