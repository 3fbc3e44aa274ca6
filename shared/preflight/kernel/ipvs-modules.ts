import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, ok, unknown, warning } from '../check.ts';

export const ipvsModules: Check = {
  id: 'ipvs-modules',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: 'Only if the plan sets kube-proxy’s mode to ipvs; warning if the modules are available but not loaded.',
    zh: '仅当计划将 kube-proxy 模式设为 ipvs 时检查；模块可用但未加载时为警告。',
  },
  title: { en: 'IPVS modules are loaded', zh: 'IPVS 模块已加载' },
  reason: {
    en: 'Without the modules, kube-proxy falls back to iptables without notice or exits.',
    zh: '缺少这些模块时，kube-proxy 会不加提示地回退到 iptables，或直接退出。',
  },
  needed: { en: 'ip_vs and nf_conntrack loaded or built in', zh: 'ip_vs 与 nf_conntrack 已加载或已编译进内核' },
  remedy: {
    en: 'Load the modules, now and at each boot, or plan the mode iptables',
    zh: '加载这些模块，立即生效并在每次启动时生效，或在计划中使用 iptables 模式',
  },
  command:
    "printf 'ip_vs\\nip_vs_rr\\nnf_conntrack\\n' | sudo tee /etc/modules-load.d/ipvs.conf && sudo modprobe -a ip_vs ip_vs_rr nf_conntrack",
  judge({ facts: { modules }, assignment }) {
    if (assignment === null) return null;
    const { mode } = assignment.settings.kubernetes.components.kubeProxyConfiguration;
    if (mode !== 'ipvs')
      return ok({ en: `planned mode: ${mode ?? 'iptables'}`, zh: `计划的模式：${mode ?? 'iptables'}` });
    const states = ['ip_vs', 'nf_conntrack'].map((name) => [name, modules[name] ?? 'unknown'] as const);
    const seen = verbatim(states.map(([name, state]) => `${name}: ${state}`).join(', '));
    const has = (state: string) => states.some(([, found]) => found === state);
    if (has('missing')) return error(seen);
    if (has('unknown')) return unknown(seen);
    return has('available') ? warning(seen) : ok(seen);
  },
};
