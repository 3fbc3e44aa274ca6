import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const localhost: Check = {
  id: 'localhost',
  group: 'identity',
  level: 'warning',
  title: { en: 'localhost is in /etc/hosts', zh: '/etc/hosts 中有 localhost' },
  reason: {
    en: 'The kubelet resolves localhost at startup and exits with "lookup localhost … i/o timeout" if no nameserver knows it.',
    zh: 'kubelet 启动时解析 localhost；若名称服务器不认识，则以 “lookup localhost … i/o timeout” 退出。',
  },
  needed: verbatim('127.0.0.1 localhost'),
  remedy: { en: 'Add the entry to /etc/hosts', zh: '在 /etc/hosts 中添加该条目' },
  command: "echo '127.0.0.1 localhost' | sudo tee -a /etc/hosts",
  step: 'hosts-file',
  judge({ facts: { network } }) {
    if (network.localhostInHostsFile === null) return notLooked;
    return network.localhostInHostsFile
      ? ok({ en: '/etc/hosts has an entry for localhost', zh: '/etc/hosts 中有 localhost 条目' })
      : warning({ en: '/etc/hosts: no IPv4 entry for localhost', zh: '/etc/hosts 中没有 localhost 的 IPv4 条目' });
  },
};
