import { type Check, notLooked } from '../check.ts';
import { judgeFirewall } from './firewall.ts';

export const firewalld: Check = {
  id: 'firewalld',
  group: 'network',
  level: 'warning',
  title: { en: 'firewalld lets the cluster through', zh: 'firewalld 放行集群流量' },
  reason: {
    en: 'It drops what comes to the kubelet and the pods, and takes Kubernetes’ own rules away when it reloads.',
    zh: '它会丢弃发往 kubelet 与 Pod 的流量，重新加载时还会清除 Kubernetes 的规则。',
  },
  needed: { en: 'off, or open for the cluster’s ports and ranges', zh: '关闭，或放行集群端口与网段' },
  remedy: {
    en: 'Open what is needed, or have muster do it (firewall: open in the plan); muster can’t see which rules it has',
    zh: '放行所需内容，或由 muster 处理（在计划中设置 firewall: open）；muster 无法得知现有规则',
  },
  command:
    'sudo firewall-cmd --permanent --add-port={6443,10250,2379,2380}/tcp --add-port=8472/udp --add-masquerade && sudo firewall-cmd --reload',
  step: 'firewall',
  judge(known) {
    const { units } = known.facts.machine;
    if (units === null) return notLooked;
    return judgeFirewall({ on: units.firewalld?.active === true, atBoot: units.firewalld?.state === 'enabled' }, known);
  },
};
