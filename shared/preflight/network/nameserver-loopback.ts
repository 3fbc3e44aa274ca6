import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const nameserverLoopback: Check = {
  id: 'nameserver-loopback',
  group: 'network',
  level: 'warning',
  title: { en: 'The nameserver is reachable from pods', zh: 'Pod 可访问该域名服务器' },
  reason: {
    en: 'A nameserver on 127.0.0.1 leads the cluster’s DNS to itself: CoreDNS sees the loop and ends. Only systemd-resolved is known to the kubelet.',
    zh: '127.0.0.1 上的域名服务器会让集群 DNS 指向自身，CoreDNS 发现循环后退出；kubelet 只能识别 systemd-resolved。',
  },
  needed: { en: 'an address that is not loopback, or systemd-resolved', zh: '非回环地址，或使用 systemd-resolved' },
  remedy: {
    en: 'Name the real nameserver in a file and set kubeletConfiguration.resolvConf to it in the plan',
    zh: '将真实的域名服务器写入文件，并在计划中把 kubeletConfiguration.resolvConf 指向它',
  },
  command: '',
  judge({ facts: { network }, assignment }) {
    if (network.nameservers === null) return notLooked;
    if (network.nameservers.length === 0) return null;
    const loopback = network.nameservers.filter((address) => address.startsWith('127.') || address === '::1');
    const own = assignment?.settings.kubernetes.components.kubeletConfiguration.resolvConf !== undefined;
    if (loopback.length === 0 || own) return ok(verbatim(network.nameservers.join(', ')));
    if (network.resolvedFile === true) return ok({ en: 'systemd-resolved', zh: 'systemd-resolved' });
    return warning(verbatim(loopback.join(', ')));
  },
};
