import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const hostNameResolves: Check = {
  id: 'host-name-resolves',
  group: 'identity',
  level: 'warning',
  title: { en: 'Host name resolves', zh: '主机名可解析' },
  reason: {
    en: 'kubeadm resolves the host’s own name; without an entry in /etc/hosts, sudo and the kubelet wait for a nameserver each time.',
    zh: 'kubeadm 会解析该主机的名称；若 /etc/hosts 中没有条目，sudo 与 kubelet 每次都要等待名称服务器。',
  },
  needed: { en: 'an address for the host’s own name', zh: '该主机的名称对应一个地址' },
  remedy: { en: 'Add the host’s address and name to /etc/hosts', zh: '将该主机的地址和名称写入 /etc/hosts' },
  command: '',
  cases: { planned: { command: "echo '{address} {name}' | sudo tee -a /etc/hosts" } },
  step: 'hosts-file',
  judge({ facts: { hostname, hostnameAddresses }, assignment }) {
    if (hostnameAddresses.length > 0) return ok(verbatim(`${hostname}: ${hostnameAddresses.join(', ')}`));
    const values = assignment && { address: assignment.host.address, name: hostname };
    return warning(
      { en: `${hostname} does not resolve`, zh: `${hostname} 无法解析` },
      values ? { case: 'planned', values } : {},
    );
  },
};
