import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const nameserver: Check = {
  id: 'nameserver',
  group: 'network',
  level: 'warning',
  title: { en: 'Nameserver is configured', zh: '已配置名称服务器' },
  reason: {
    en: 'CoreDNS forwards external names to the host’s nameservers; without one it exits.',
    zh: 'CoreDNS 将外部名称转发给主机的名称服务器；没有时会退出。',
  },
  needed: {
    en: 'a line nameserver ADDRESS in /etc/resolv.conf, without spaces before it and without Windows line ends',
    zh: '/etc/resolv.conf 中有一行“nameserver ADDRESS”，行首无空格，且不使用 Windows 换行符',
  },
  remedy: {
    en: 'Add one: echo "nameserver ADDRESS" | sudo tee -a /etc/resolv.conf',
    zh: '添加一个：echo "nameserver ADDRESS" | sudo tee -a /etc/resolv.conf',
  },
  command: '',
  judge({ facts: { network } }) {
    if (network.nameservers === null) return notLooked;
    return network.nameservers.length > 0
      ? ok(verbatim(network.nameservers.join(', ')))
      : warning({ en: '/etc/resolv.conf: no valid nameserver', zh: '/etc/resolv.conf 中没有有效的名称服务器' });
  },
};
