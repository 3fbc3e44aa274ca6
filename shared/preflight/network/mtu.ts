import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** 50 bytes of a VXLAN tunnel from what every IPv6 link must carry. */
const least = 1330;

export const mtu: Check = {
  id: 'mtu',
  group: 'network',
  level: 'warning',
  title: { en: 'Packets are large enough for a tunnel', zh: '报文长度足以承载隧道' },
  reason: {
    en: 'Network plugins take 20 to 60 bytes of each packet; what is left must still carry TLS handshakes without being torn apart.',
    zh: '网络插件会占用每个报文 20 至 60 字节，剩余部分须能完整承载 TLS 握手。',
  },
  needed: { en: `an MTU of ${least} or more on the planned interface`, zh: `计划所用网卡的 MTU 不小于 ${least}` },
  remedy: {
    en: 'Raise it where the network allows it, or set the plugin’s MTU',
    zh: '在网络允许的情况下调大，或设置插件的 MTU',
  },
  command: '',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const own = facts.addresses.find(({ address }) => address === assignment.host.address)?.interface;
    const found = facts.network.interfaces?.find(({ name }) => name === own);
    if (found === undefined) return notLooked;
    const seen = verbatim(`${found.name}: ${found.mtu}`);
    return found.mtu >= least ? ok(seen) : warning(seen, { command: `sudo ip link set dev ${found.name} mtu 1500` });
  },
};
