import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const defaultRoute: Check = {
  id: 'default-route',
  group: 'network',
  level: 'warning',
  title: { en: 'There is a default route', zh: '存在默认路由' },
  reason: {
    en: 'kubeadm and network plugins find a host’s address by it, and end with "no default routes found".',
    zh: 'kubeadm 与网络插件据此确定主机地址，缺少时以 “no default routes found” 退出。',
  },
  needed: { en: 'a default gateway', zh: '默认网关' },
  remedy: {
    en: 'Set one; where nothing leads out, one that refuses will do',
    zh: '设置一个；若无外网，指向任意同网段地址亦可',
  },
  command: 'sudo ip route add default via GATEWAY',
  judge({ facts: { network } }) {
    if (network.defaultInterfaces === null) return notLooked;
    if (network.defaultInterfaces.length === 0) return warning({ en: 'there is none', zh: '没有' });
    return ok(verbatim(network.defaultInterfaces.join(', ')));
  },
};
