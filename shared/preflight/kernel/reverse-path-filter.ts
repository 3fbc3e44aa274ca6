import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const reversePathFilter: Check = {
  id: 'reverse-path-filter',
  group: 'kernel',
  level: 'warning',
  depends: { en: 'Only with Calico.', zh: '仅针对 Calico。' },
  title: { en: 'Reverse path filter is not loose', zh: '反向路径过滤未设为宽松模式' },
  reason: {
    en: 'Calico’s agent does not start if the filter is loose (2): pods could spoof addresses.',
    zh: '过滤为宽松模式（2） 时 Pod 可伪造地址，Calico 的代理拒绝启动。',
  },
  needed: { en: 'net.ipv4.conf.all.rp_filter = 0 or 1', zh: 'net.ipv4.conf.all.rp_filter = 0 或 1' },
  remedy: { en: 'Set the filter to 1, now and at each boot', zh: '将过滤设为 1，立即生效并在每次启动时生效' },
  command: 'echo net.ipv4.conf.all.rp_filter=1 | sudo tee /etc/sysctl.d/99-zz-rp-filter.conf && sudo sysctl --system',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const { kind, title } = assignment.settings.network.plugin;
    if (kind !== 'calico') return ok({ en: `no requirement by ${title}`, zh: `${title} 无此要求` });
    const value = facts.sysctls['net.ipv4.conf.all.rp_filter'];
    if (value == null) return notLooked;
    const seen = verbatim(`net.ipv4.conf.all.rp_filter = ${value}`);
    return value === '2' ? warning(seen) : ok(seen);
  },
};
