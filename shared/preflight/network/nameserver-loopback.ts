import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const nameserverLoopback: Check = {
  id: 'nameserver-loopback',
  group: 'network',
  level: 'warning',
  title: { en: 'Nameserver is reachable from pods', zh: 'Pod 可以访问名称服务器' },
  reason: {
    en: 'With a nameserver on 127.0.0.1, CoreDNS forwards to itself, detects the loop and exits. muster gives the kubelet the real nameservers of systemd-resolved and NetworkManager only.',
    zh: '名称服务器位于 127.0.0.1 时，CoreDNS 会转发给自身，检测到循环后退出。muster 只能将 systemd-resolved 与 NetworkManager 的真实名称服务器交给 kubelet。',
  },
  needed: {
    en: 'an address other than loopback, or systemd-resolved, or dnsmasq of NetworkManager',
    zh: '非回环地址，或 systemd-resolved，或 NetworkManager 的 dnsmasq',
  },
  remedy: {
    en: 'Write the real nameserver to a file and set kubeletConfiguration.resolvConf to it in the plan',
    zh: '将真实的名称服务器写入文件，并在计划中将 kubeletConfiguration.resolvConf 设为该文件',
  },
  command: '',
  judge({ facts: { network }, assignment }) {
    if (network.nameservers === null) return notLooked;
    if (network.nameservers.length === 0) return null;
    const loopback = network.nameservers.filter((address) => address.startsWith('127.') || address === '::1');
    const own = assignment?.settings.kubernetes.components.kubeletConfiguration.resolvConf !== undefined;
    if (loopback.length === 0 || own) return ok(verbatim(network.nameservers.join(', ')));
    const list = loopback.join(', ');
    if (network.upstreamFile) return ok(verbatim(`${list} (${network.upstreamFile})`));
    // Agents of earlier versions report this fact only.
    if (network.upstreamFile === null && network.resolvedFile === true)
      return ok(verbatim(`${list} (systemd-resolved)`));
    return warning(verbatim(list));
  },
};
