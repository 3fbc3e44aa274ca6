import { type Check, notLooked, ok, warning } from '../check.ts';

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
    en: 'Open what is needed; muster can’t see which rules it has',
    zh: '放行所需内容；muster 无法得知现有规则',
  },
  command: 'sudo ufw allow 6443,10250,2379,2380/tcp && sudo ufw allow 8472/udp && sudo ufw default allow routed',
  judge({ facts: { network } }) {
    if (network.ufwEnabled === null) return notLooked;
    return network.ufwEnabled ? warning({ en: 'it is on', zh: '已启用' }) : ok({ en: 'off', zh: '未启用' });
  },
};
