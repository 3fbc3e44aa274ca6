import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown, warning } from '../check.ts';
import { kernelCases, moreModules } from './boot.ts';

export const kernelModules: Check = {
  id: 'kernel-modules',
  group: 'kernel',
  level: 'error',
  guards: ['kernel-modules'],
  depends: {
    en: 'Warning if muster can load them, error if the kernel does not have them.',
    zh: '可由 muster 加载时为警告；内核中没有时为错误。',
  },
  title: { en: 'Kernel modules overlay and br_netfilter are loaded', zh: '内核模块 overlay 与 br_netfilter 已加载' },
  reason: {
    en: 'Container images are overlay layers; without br_netfilter, traffic between pods on the same node bypasses iptables.',
    zh: '容器镜像以 overlay 分层；缺少 br_netfilter 时，同一节点上 Pod 之间的流量会绕过 iptables。',
  },
  needed: { en: 'both loaded or built in', zh: '两者均已加载或已编译进内核' },
  remedy: {
    en: 'Install the kernel’s modules, or boot the distribution’s kernel',
    zh: '安装内核模块包，或使用发行版内核启动',
  },
  command: '',
  cases: {
    ...kernelCases,
    disabled: {
      remedy: {
        en: 'Comment out the line install {name} in {path}, which makes modprobe do nothing',
        zh: '在 {path} 中注释掉 install {name} 一行，它使 modprobe 不执行任何操作',
      },
      command: "sudo sed -i -E '/^[ \\t]*install[ \\t]+{pattern}[ \\t]/s/^/#/' {path}",
    },
    load: { command: 'sudo modprobe -a overlay br_netfilter' },
  },
  step: 'kernel-modules',
  judge({ facts }) {
    const { modules } = facts;
    const names = ['overlay', 'br_netfilter'];
    const states = names.map((name) => modules[name] ?? 'unknown');
    const seen = verbatim(names.map((name, i) => `${name}: ${states[i]}`).join(', '));
    if (states.includes('missing')) return error(seen, { ...moreModules(facts), step: null });
    const off = facts.machine.disabledModules?.find(
      ({ name }) => names.includes(name) && !['loaded', 'builtin'].includes(modules[name] ?? ''),
    );
    if (off !== undefined) {
      const text = { en: `${off.name}: disabled in ${off.path}`, zh: `${off.name}：在 ${off.path} 中被禁用` };
      return error(text, {
        case: 'disabled',
        values: { ...off, pattern: off.name.replaceAll('_', '.') },
        step: null,
      });
    }
    if (states.includes('unknown')) return unknown(seen);
    return states.includes('available') ? warning(seen, { case: 'load' }) : ok(seen);
  },
};
