import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const reversePathFilter: Check = {
  id: 'reverse-path-filter',
  group: 'kernel',
  level: 'warning',
  depends: { en: 'Only with Calico.', zh: '仅针对 Calico。' },
  title: { en: 'Reverse-path filter fits the plugin', zh: '反向路径过滤与网络插件相容' },
  reason: {
    en: 'Calico’s agent refuses to work while the filter is loose (2), as some systems set it: pods could fake addresses.',
    zh: '某些系统将其设为宽松 (2)，Pod 可伪造地址，Calico 因此拒绝工作。',
  },
  needed: verbatim('net.ipv4.conf.all.rp_filter = 0 / 1'),
  remedy: { en: 'Set it to 1 now and at each boot', zh: '立即设为 1 并在每次启动时生效' },
  command: 'echo net.ipv4.conf.all.rp_filter=1 | sudo tee /etc/sysctl.d/99-zz-rp-filter.conf && sudo sysctl --system',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    if (assignment.settings.network.plugin.kind !== 'calico')
      return ok({ en: 'not asked for by this plugin', zh: '该插件不要求' });
    const value = facts.sysctls['net.ipv4.conf.all.rp_filter'];
    if (value == null) return notLooked;
    return value === '2' ? warning(verbatim(value)) : ok(verbatim(value));
  },
};
