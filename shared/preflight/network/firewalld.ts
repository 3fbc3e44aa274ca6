import { type Check, notLooked } from '../check.ts';
import { judgeFirewall } from './firewall.ts';

export const firewalld: Check = {
  id: 'firewalld',
  group: 'network',
  level: 'warning',
  title: { en: 'firewalld allows cluster traffic', zh: 'firewalld 放行集群流量' },
  reason: {
    en: 'It drops traffic to the kubelet and to pods, and removes Kubernetes’ rules on reload.',
    zh: '它会丢弃发往 kubelet 与 Pod 的流量，并在重新加载时清除 Kubernetes 的规则。',
  },
  needed: { en: 'off, or open for the cluster’s ports and subnets', zh: '关闭，或放行集群的端口与子网' },
  remedy: {
    en: 'Open the ports, or set firewall: open in the plan (muster cannot read the existing rules)',
    zh: '放行这些端口，或在计划中设置 firewall: open（muster 无法读取现有规则）',
  },
  command:
    'sudo firewall-cmd --permanent --add-port={port}/tcp --add-port=10250/tcp --add-port=2379-2380/tcp --add-port=8472/udp --add-masquerade && sudo firewall-cmd --reload',
  step: 'firewall',
  judge(known) {
    const { units } = known.facts.machine;
    if (units === null) return notLooked;
    return judgeFirewall(
      'firewalld',
      { on: units.firewalld?.active === true, atBoot: units.firewalld?.state === 'enabled' },
      known,
    );
  },
};
