import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const hostNameResolves: Check = {
  id: 'host-name-resolves',
  group: 'identity',
  level: 'warning',
  title: { en: 'Host name resolves', zh: '主机名可解析' },
  reason: {
    en: 'kubeadm looks its own host up, and sudo and the kubelet wait for a nameserver each time where it is not in /etc/hosts.',
    zh: 'kubeadm 会解析本机名；若不在 /etc/hosts 中，sudo 与 kubelet 每次都要等待域名服务器。',
  },
  needed: { en: 'an address for this host’s own name', zh: '本机名能解析到地址' },
  remedy: { en: 'Write it to /etc/hosts', zh: '将其写入 /etc/hosts' },
  command: 'echo "ADDRESS $(hostname)" | sudo tee -a /etc/hosts',
  step: 'hosts-file',
  judge({ facts: { hostname, hostnameAddresses } }) {
    if (hostnameAddresses.length > 0) return ok(verbatim(hostnameAddresses.join(', ')));
    return warning({ en: `${hostname} does not resolve`, zh: `${hostname} 无法解析` });
  },
};
