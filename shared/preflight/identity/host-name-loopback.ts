import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const hostNameLoopback: Check = {
  id: 'host-name-loopback',
  group: 'identity',
  level: 'warning',
  title: { en: 'Host name does not resolve to loopback', zh: '主机名不解析到回环地址' },
  reason: {
    en: 'Debian’s installer maps the name to 127.0.1.1; a kubelet without --node-ip reports that address to the cluster.',
    zh: 'Debian 安装程序将主机名映射到 127.0.1.1；未设置 --node-ip 的 kubelet 会向集群上报该地址。',
  },
  needed: { en: 'the host’s own address', zh: '主机自身的地址' },
  remedy: {
    en: 'Remove this name’s 127.0.1.1 entry from /etc/hosts',
    zh: '从 /etc/hosts 中删除该名称的 127.0.1.1 条目',
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
