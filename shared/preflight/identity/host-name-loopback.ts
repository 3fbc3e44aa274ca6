import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const hostNameLoopback: Check = {
  id: 'host-name-loopback',
  group: 'identity',
  level: 'warning',
  title: { en: 'Host name does not lead to loopback', zh: '主机名未指向回环地址' },
  reason: {
    en: 'Debian’s installer writes 127.0.1.1 for it, and a kubelet without --node-ip tells the cluster that address.',
    zh: 'Debian 安装程序会写入 127.0.1.1，未指定 --node-ip 的 kubelet 会将其上报给集群。',
  },
  needed: { en: 'the host’s own address', zh: '主机自身的地址' },
  remedy: {
    en: 'Take the 127.0.1.1 line for this name out of /etc/hosts',
    zh: '从 /etc/hosts 中删除该名称的 127.0.1.1 行',
  },
  command: "sudo sed -i '/^127\\.0\\.1\\.1/s/^/# /' /etc/hosts",
  step: 'hosts-file',
  judge({ facts: { hostname, hostnameAddresses } }) {
    if (hostnameAddresses.length === 0) return null;
    const loopback = hostnameAddresses.filter((address) => address.startsWith('127.') || address === '::1');
    const seen = verbatim(`${hostname}: ${hostnameAddresses.join(', ')}`);
    return loopback.length === 0 ? ok(seen) : warning(seen);
  },
};
