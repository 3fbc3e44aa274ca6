import { compareVersions } from '../../compatibility/versions.ts';
import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';

const oldest = '5.13';

export const kernelForNftables: Check = {
  id: 'kernel-for-nftables',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: 'Only if the plan sets kube-proxy’s mode to nftables.',
    zh: '仅当计划将 kube-proxy 模式设为 nftables 时检查。',
  },
  title: { en: 'Kernel supports kube-proxy’s nftables mode', zh: '内核支持 kube-proxy 的 nftables 模式' },
  reason: {
    en: 'On an older kernel kube-proxy exits and no Service address works.',
    zh: '在更旧的内核上 kube-proxy 会退出，所有 Service 地址均不可用。',
  },
  needed: { en: `kernel ${oldest} or newer`, zh: `内核 ${oldest} 或更高版本` },
  remedy: {
    en: 'Set kubeProxyConfiguration.mode to iptables in the plan, or upgrade the kernel',
    zh: '在计划中将 kubeProxyConfiguration.mode 设为 iptables，或升级内核',
  },
  command: '',
  judge({ facts: { kernel }, assignment }) {
    if (assignment === null) return null;
    const { mode } = assignment.settings.kubernetes.components.kubeProxyConfiguration;
    if (mode !== 'nftables')
      return ok({ en: `planned mode: ${mode ?? 'iptables'}`, zh: `计划的模式：${mode ?? 'iptables'}` });
    if (!/^\d+\.\d+/.test(kernel)) return notLooked;
    return compareVersions(kernel, oldest) >= 0 ? ok(verbatim(kernel)) : error(verbatim(kernel));
  },
};
