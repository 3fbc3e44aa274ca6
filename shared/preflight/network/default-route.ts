import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const defaultRoute: Check = {
  id: 'default-route',
  group: 'network',
  level: 'warning',
  title: { en: 'Default route exists', zh: '存在默认路由' },
  reason: {
    en: 'kubeadm and network plugins derive the host’s address from it and exit with "no default routes found".',
    zh: 'kubeadm 与网络插件据此确定主机地址；没有默认路由时以 “no default routes found” 退出。',
  },
  needed: { en: 'a default route', zh: '默认路由' },
  remedy: {
    en: 'Add one: sudo ip route add default via GATEWAY; on an isolated network any address of the subnet will do',
    zh: '添加默认路由：sudo ip route add default via GATEWAY；在隔离网络中，使用子网内任意地址即可',
  },
  command: '',
  judge({ facts: { network } }) {
    if (network.defaultInterfaces === null) return notLooked;
    if (network.defaultInterfaces.length === 0) return warning({ en: 'no default route', zh: '没有默认路由' });
    return ok(verbatim(`default dev ${network.defaultInterfaces.join(', ')}`));
  },
};
