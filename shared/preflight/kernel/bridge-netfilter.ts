import { type Check, ok, warning } from '../check.ts';

/** The keys decide, and not the module: br_netfilter may be built in, with no module to list and no /lib/modules at all. */
const keys = ['net.bridge.bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-ip6tables'];

export const bridgeNetfilter: Check = {
  id: 'bridge-netfilter',
  group: 'kernel',
  level: 'warning',
  title: { en: 'Bridged traffic passes iptables', zh: '桥接流量经过 iptables' },
  reason: {
    en: 'Otherwise pods of one node can’t reach each other through a service; kubeadm refuses a host without it.',
    zh: '否则同一节点上的 Pod 无法通过 Service 互访；缺少时 kubeadm 会拒绝继续。',
  },
  needed: { en: `1 for ${keys.join(' and ')}`, zh: `${keys.join(' 与 ')} 均为 1` },
  remedy: { en: 'Load br_netfilter and set both', zh: '加载 br_netfilter 并设置这两项' },
  command: `sudo modprobe br_netfilter && sudo sysctl -w ${keys.map((key) => `${key}=1`).join(' ')}`,
  step: 'sysctls',
  judge({ facts }) {
    const wrong = keys.filter((key) => facts.sysctls[key] !== '1');
    if (wrong.length === 0) return ok({ en: 'both are 1', zh: '均为 1' });
    const seen = (missing: string) => wrong.map((key) => `${key} = ${facts.sysctls[key] ?? missing}`).join(', ');
    return warning({ en: seen('not there'), zh: seen('不存在') });
  },
};
