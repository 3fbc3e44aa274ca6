import { type Check, notLooked } from '../check.ts';
import { judgeFirewall } from './firewall.ts';

export const ufw: Check = {
  id: 'ufw',
  group: 'network',
  level: 'warning',
  title: { en: 'ufw lets the cluster through', zh: 'ufw 放行集群流量' },
  reason: {
    en: 'By default it drops what comes to the kubelet, the API server and the pods.',
    zh: '默认会丢弃发往 kubelet、API server 与 Pod 的流量。',
  },
  needed: { en: 'off, or open for the cluster’s ports and ranges', zh: '关闭，或放行集群端口与网段' },
  remedy: {
    en: 'Open what is needed, or have muster do it (firewall: open in the plan); muster can’t see which rules it has',
    zh: '放行所需内容，或由 muster 处理（在计划中设置 firewall: open）；muster 无法得知现有规则',
  },
  command: 'sudo ufw allow 6443,10250,2379,2380/tcp && sudo ufw allow 8472/udp && sudo ufw default allow routed',
  step: 'firewall',
  judge(known) {
    const { ufwEnabled } = known.facts.network;
    return ufwEnabled === null ? notLooked : judgeFirewall({ on: ufwEnabled, atBoot: true }, known);
  },
};
