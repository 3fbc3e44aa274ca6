import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown, warning } from '../check.ts';

export const kernelModules: Check = {
  id: 'kernel-modules',
  group: 'kernel',
  level: 'error',
  depends: {
    en: 'Warning where muster can load them, error where the kernel does not have them.',
    zh: '可由 muster 加载时为警告；内核中没有时为错误。',
  },
  title: { en: 'Kernel has overlay and br_netfilter', zh: '内核具备 overlay 与 br_netfilter' },
  reason: {
    en: 'Container images are layers of overlay, and without br_netfilter the traffic between pods of one node passes by iptables.',
    zh: '容器镜像以 overlay 分层；缺少 br_netfilter 时，同一节点上 Pod 间的流量会绕过 iptables。',
  },
  needed: { en: 'both loaded, or built into the kernel', zh: '两者均已加载或编译进内核' },
  remedy: {
    en: 'Install the kernel’s modules, or boot the distribution’s kernel',
    zh: '安装内核模块包，或改用发行版内核启动',
  },
  command: 'sudo apt-get install linux-modules-extra-$(uname -r)',
  step: 'kernel-modules',
  judge({ facts: { modules } }) {
    const names = ['overlay', 'br_netfilter'];
    const states = names.map((name) => modules[name] ?? 'unknown');
    const seen = verbatim(names.map((name, i) => `${name}: ${states[i]}`).join(', '));
    if (states.includes('missing')) return error(seen, { step: null });
    if (states.includes('unknown')) return unknown(seen);
    return states.includes('available')
      ? warning(seen, { command: 'sudo modprobe -a overlay br_netfilter' })
      : ok(seen);
  },
};
