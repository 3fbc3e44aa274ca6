import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';
import { compareVersions } from '../versions.ts';

const oldest = '5.13';

export const kernelForNftables: Check = {
  id: 'kernel-for-nftables',
  group: 'kernel',
  level: 'error',
  depends: {
    en: 'Only where the plan sets kube-proxy’s mode to nftables.',
    zh: '仅当计划将 kube-proxy 模式设为 nftables 时。',
  },
  title: { en: 'Kernel is new enough for kube-proxy’s nftables mode', zh: '内核支持 kube-proxy 的 nftables 模式' },
  reason: {
    en: 'kube-proxy ends on an older kernel, and no service has an address that works.',
    zh: '在更旧的内核上 kube-proxy 会退出，所有 Service 地址都无法使用。',
  },
  needed: { en: `${oldest} or newer`, zh: `${oldest} 或更新` },
  remedy: {
    en: 'Set kubeProxyConfiguration.mode to iptables in the plan, or upgrade the kernel',
    zh: '在计划中将 kubeProxyConfiguration.mode 设为 iptables，或升级内核',
  },
  command: '',
  judge({ facts: { kernel }, assignment }) {
    if (assignment === null) return null;
    const { mode } = assignment.settings.kubernetes.components.kubeProxyConfiguration;
    if (mode !== 'nftables') return ok({ en: 'another mode is planned', zh: '计划使用其他模式' });
    if (!/^\d+\.\d+/.test(kernel)) return notLooked;
    return compareVersions(kernel, oldest) >= 0 ? ok(verbatim(kernel)) : error(verbatim(kernel));
  },
};
