import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, ok, unknown } from '../check.ts';
import { kernelCases, moreModules } from './boot.ts';

export const vxlanModule: Check = {
  id: 'vxlan-module',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  depends: { en: 'Only with Flannel, which uses VXLAN tunnels.', zh: '仅针对使用 VXLAN 隧道的 Flannel。' },
  title: { en: 'Kernel module vxlan is available', zh: '内核模块 vxlan 可用' },
  reason: {
    en: 'Minimal kernels (cloud images, single-board computers) omit it, and pods cannot reach other nodes.',
    zh: '精简内核（云镜像、单板机）不含此模块，Pod 无法访问其他节点。',
  },
  needed: { en: 'vxlan loaded, built in or available', zh: 'vxlan 已加载、已编译进内核或可加载' },
  remedy: { en: 'Install the kernel’s extra modules', zh: '安装内核的附加模块' },
  command: '',
  cases: kernelCases,
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const { kind, title } = assignment.settings.network.plugin;
    if (kind !== 'flannel') return ok({ en: `no requirement by ${title}`, zh: `${title} 无此要求` });
    const state = facts.modules.vxlan ?? 'unknown';
    const seen = verbatim(`vxlan: ${state}`);
    if (state === 'unknown') return unknown(seen);
    return state === 'missing' ? error(seen, moreModules(facts)) : ok(seen);
  },
};
