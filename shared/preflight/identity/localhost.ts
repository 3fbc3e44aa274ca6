import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const localhost: Check = {
  id: 'localhost',
  group: 'identity',
  level: 'warning',
  title: { en: 'localhost is in /etc/hosts', zh: '/etc/hosts 中有 localhost' },
  reason: {
    en: 'The kubelet looks it up when it starts and ends with "lookup localhost … i/o timeout" where no nameserver knows it.',
    zh: 'kubelet 启动时会解析它；域名服务器不认识时以 “lookup localhost … i/o timeout” 退出。',
  },
  needed: verbatim('127.0.0.1 localhost'),
  remedy: { en: 'Add the line', zh: '添加该行' },
  command: "echo '127.0.0.1 localhost' | sudo tee -a /etc/hosts",
  step: 'hosts-file',
  judge({ facts: { network } }) {
    if (network.localhostInHostsFile === null) return notLooked;
    return network.localhostInHostsFile ? ok({ en: 'it is', zh: '有' }) : warning({ en: 'it is not', zh: '没有' });
  },
};
