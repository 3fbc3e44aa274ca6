import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const defaultInterface: Check = {
  id: 'default-interface',
  group: 'network',
  level: 'warning',
  title: { en: 'The default route is on the planned interface', zh: '默认路由位于计划所用的网卡' },
  reason: {
    en: 'Network plugins pick the interface of the default route: in a VM with a NAT interface of its own that is the wrong one on every host.',
    zh: '网络插件默认选择默认路由所在网卡；带独立 NAT 网卡的虚拟机会因此全部选错。',
  },
  needed: { en: 'both on one interface', zh: '两者在同一网卡' },
  remedy: {
    en: 'Tell the plugin which interface to take (Calico: IP_AUTODETECTION_METHOD, Flannel: --iface), or move the default route',
    zh: '为插件指定网卡（Calico：IP_AUTODETECTION_METHOD，Flannel：--iface），或调整默认路由',
  },
  command: '',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const { defaultInterfaces } = facts.network;
    const own = facts.addresses.find(({ address }) => address === assignment.host.address)?.interface;
    if (defaultInterfaces === null || own === undefined) return notLooked;
    if (defaultInterfaces.length === 0 || defaultInterfaces.includes(own)) return ok(verbatim(own));
    const others = defaultInterfaces.join(', ');
    return warning({
      en: `the address is on ${own}, the default route on ${others}`,
      zh: `地址在 ${own}，默认路由在 ${others}`,
    });
  },
};
