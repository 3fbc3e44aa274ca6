import { type Check, notLooked } from '../check.ts';
import { judgeFirewall } from './firewall.ts';

export const ufw: Check = {
  id: 'ufw',
  group: 'network',
  level: 'warning',
  title: { en: 'ufw allows cluster traffic', zh: 'ufw 放行集群流量' },
  reason: {
    en: 'By default ufw drops traffic to the kubelet, the API server and pods.',
    zh: '默认情况下 ufw 会丢弃发往 kubelet、API 服务器与 Pod 的流量。',
  },
  needed: { en: 'off, or open for the cluster’s ports and subnets', zh: '关闭，或放行集群的端口与子网' },
  remedy: {
    en: 'Open the ports, or set firewall: open in the plan (muster cannot read the existing rules)',
    zh: '放行这些端口，或在计划中设置 firewall: open（muster 无法读取现有规则）',
  },
  command: 'sudo ufw allow {port},10250,2379,2380/tcp && sudo ufw allow 8472/udp && sudo ufw default allow routed',
  step: 'firewall',
  judge(known) {
    const { ufwEnabled } = known.facts.network;
    return ufwEnabled === null ? notLooked : judgeFirewall('ufw', { on: ufwEnabled, atBoot: true }, known);
  },
};
