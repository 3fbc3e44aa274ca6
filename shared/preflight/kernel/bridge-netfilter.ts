import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

/** Checks the keys, because a built-in br_netfilter is not listed as a module. */
const keys = ['net.bridge.bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-ip6tables'];

export const bridgeNetfilter: Check = {
  id: 'bridge-netfilter',
  group: 'kernel',
  level: 'warning',
  title: { en: 'Bridged traffic passes through iptables', zh: '桥接流量经过 iptables' },
  reason: {
    en: 'Otherwise pods on the same node cannot reach each other through a Service; kubeadm refuses the host.',
    zh: '否则同一节点上的 Pod 无法通过 Service 互相访问；kubeadm 会拒绝该主机。',
  },
  needed: { en: `${keys.join(' and ')} = 1`, zh: `${keys.join(' 与 ')} = 1` },
  remedy: { en: 'Load br_netfilter and set both parameters', zh: '加载 br_netfilter 并设置这两个参数' },
  command: `sudo modprobe br_netfilter && sudo sysctl -w ${keys.map((key) => `${key}=1`).join(' ')}`,
  step: 'sysctls',
  judge({ facts }) {
    const wrong = keys.filter((key) => facts.sysctls[key] !== '1');
    if (wrong.length === 0) return ok(verbatim(keys.map((key) => `${key} = 1`).join(', ')));
    const seen = (missing: string) => wrong.map((key) => `${key} = ${facts.sysctls[key] ?? missing}`).join(', ');
    return warning({ en: seen('(not set)'), zh: seen('（未设置）') });
  },
};
