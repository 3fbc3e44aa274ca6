import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown, warning } from '../check.ts';

export const ipvsModules: Check = {
  id: 'ipvs-modules',
  group: 'kernel',
  level: 'error',
  depends: {
    en: 'Only where the plan sets kube-proxy’s mode to ipvs; warning where the modules are there but not loaded.',
    zh: '仅当计划将 kube-proxy 模式设为 ipvs 时；模块存在但未加载时为警告。',
  },
  title: { en: 'Kernel has IPVS where kube-proxy is to use it', zh: 'kube-proxy 使用 IPVS 时内核具备该功能' },
  reason: {
    en: 'kube-proxy falls back to iptables without a word, or ends, where the modules are missing.',
    zh: '缺少模块时 kube-proxy 会悄然回退到 iptables，或直接退出。',
  },
  needed: { en: 'ip_vs and nf_conntrack, loaded or built in', zh: 'ip_vs 与 nf_conntrack 已加载或编译进内核' },
  remedy: {
    en: 'Load them now and at each boot, or plan the mode iptables',
    zh: '立即并在每次启动时加载，或在计划中使用 iptables 模式',
  },
  command:
    "printf 'ip_vs\\nip_vs_rr\\nnf_conntrack\\n' | sudo tee /etc/modules-load.d/ipvs.conf && sudo modprobe -a ip_vs ip_vs_rr nf_conntrack",
  judge({ facts: { modules }, assignment }) {
    if (assignment === null) return null;
    const { mode } = assignment.settings.kubernetes.components.kubeProxyConfiguration;
    if (mode !== 'ipvs') return ok({ en: 'another mode is planned', zh: '计划使用其他模式' });
    const states = ['ip_vs', 'nf_conntrack'].map((name) => [name, modules[name] ?? 'unknown'] as const);
    const seen = verbatim(states.map(([name, state]) => `${name}: ${state}`).join(', '));
    const has = (state: string) => states.some(([, found]) => found === state);
    if (has('missing')) return error(seen);
    if (has('unknown')) return unknown(seen);
    return has('available') ? warning(seen) : ok(seen);
  },
};
