import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const defaultInterface: Check = {
  id: 'default-interface',
  group: 'network',
  level: 'warning',
  title: { en: 'Default route is on the planned interface', zh: '默认路由位于计划地址所在的网络接口' },
  reason: {
    en: 'Network plugins use the interface of the default route; in a VM with a separate NAT interface that is the wrong one.',
    zh: '网络插件使用默认路由所在的网络接口；在带有单独 NAT 接口的虚拟机上会选错。',
  },
  needed: { en: 'planned address and default route on the same interface', zh: '计划地址与默认路由位于同一网络接口' },
  remedy: {
    en: 'Set the plugin’s interface (Calico: IP_AUTODETECTION_METHOD, Flannel: --iface), or move the default route',
    zh: '为网络插件指定接口（Calico：IP_AUTODETECTION_METHOD，Flannel：--iface），或移动默认路由',
  },
  command: '',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const { defaultInterfaces } = facts.network;
    const own = facts.addresses.find(({ address }) => address === assignment.host.address)?.interface;
    if (defaultInterfaces === null || own === undefined) return notLooked;
    if (defaultInterfaces.length === 0) return ok({ en: `${own}; no default route`, zh: `${own}；没有默认路由` });
    if (defaultInterfaces.includes(own)) return ok(verbatim(own));
    const others = defaultInterfaces.join(', ');
    return warning({
      en: `planned address on ${own}, default route on ${others}`,
      zh: `计划地址在 ${own}，默认路由在 ${others}`,
    });
  },
};
