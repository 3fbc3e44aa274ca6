import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const nameserver: Check = {
  id: 'nameserver',
  group: 'network',
  level: 'warning',
  title: { en: 'A nameserver is configured', zh: '已配置域名服务器' },
  reason: {
    en: 'The cluster’s DNS asks the host’s nameservers for all that is not its own; with none, CoreDNS ends.',
    zh: '集群 DNS 将外部查询转发给主机的域名服务器；没有时 CoreDNS 会退出。',
  },
  needed: { en: 'a nameserver in /etc/resolv.conf', zh: '/etc/resolv.conf 中有 nameserver' },
  remedy: { en: 'Name one', zh: '填写一个' },
  command: "echo 'nameserver ADDRESS' | sudo tee -a /etc/resolv.conf",
  judge({ facts: { network } }) {
    if (network.nameservers === null) return notLooked;
    return network.nameservers.length > 0
      ? ok(verbatim(network.nameservers.join(', ')))
      : warning({ en: 'none', zh: '无' });
  },
};
