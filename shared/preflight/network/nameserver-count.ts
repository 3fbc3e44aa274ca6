import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** The resolver's own limit; the kubelet drops the rest. */
const most = 3;

export const nameserverCount: Check = {
  id: 'nameserver-count',
  group: 'network',
  level: 'warning',
  title: { en: 'Not more nameservers than are asked', zh: '域名服务器数量未超限' },
  reason: {
    en: 'Only three are ever asked; the kubelet drops the others and says so for each pod.',
    zh: '最多只会查询三个；kubelet 会丢弃其余的，并为每个 Pod 反复告警。',
  },
  needed: { en: `${most} at the most`, zh: `至多 ${most} 个` },
  remedy: { en: 'Take the others out', zh: '去掉多余的' },
  command: 'resolvectl status',
  judge({ facts: { network } }) {
    if (network.nameservers === null) return notLooked;
    const seen = verbatim(`${network.nameservers.length}`);
    return network.nameservers.length <= most ? ok(seen) : warning(seen);
  },
};
