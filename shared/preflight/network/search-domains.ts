import { minorVersion } from '../../kubeadm/version.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** Kubernetes puts three of its own before them. */
const ofKubernetes = 3;

export const searchDomains: Check = {
  id: 'search-domains',
  group: 'network',
  level: 'warning',
  depends: {
    en: 'The limit is 6 domains and 256 characters, and 32 domains and 2048 characters from Kubernetes 1.28 on.',
    zh: '限制为 6 个域、256 个字符；自 Kubernetes 1.28 起为 32 个域、2048 个字符。',
  },
  title: { en: 'Search domains fit into pods’ resolv.conf', zh: '搜索域未超出 Pod 的 resolv.conf 限制' },
  reason: {
    en: 'The kubelet drops the domains beyond the limit, so that short names resolve on the host and not in pods, and warns for each pod.',
    zh: 'kubelet 会丢弃超出限制的域：短名称在主机上可以解析，在 Pod 中却不能，并为每个 Pod 发出警告。',
  },
  needed: { en: 'few enough domains, beside three of Kubernetes', zh: '加上 Kubernetes 的三个域后不超出限制' },
  remedy: {
    en: 'Remove search domains from /etc/resolv.conf or from what generates it',
    zh: '从 /etc/resolv.conf 或其生成来源中删除多余的搜索域',
  },
  command: '',
  judge({ facts: { network }, assignment }) {
    if (assignment === null) return null;
    if (network.searchDomains === null) return notLooked;
    const { kubernetes, network: planned } = assignment.settings;
    const [most, longest] = minorVersion(kubernetes.version) < 28 ? [6, 256] : [32, 2048];
    const own = [`default.svc.${planned.dnsDomain}`, `svc.${planned.dnsDomain}`, planned.dnsDomain];
    const all = [...own, ...network.searchDomains];
    const count = network.searchDomains.length;
    const seen = {
      en: `${count} (${network.searchDomains.join(', ')})`,
      zh: `${count} 个（${network.searchDomains.join('、')}）`,
    };
    if (count === 0) return ok({ en: 'no search domain', zh: '没有搜索域' });
    return count + ofKubernetes > most || all.join(' ').length > longest ? warning(seen) : ok(seen);
  },
};
