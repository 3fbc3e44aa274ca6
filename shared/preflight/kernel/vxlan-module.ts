import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

export const vxlanModule: Check = {
  id: 'vxlan-module',
  group: 'kernel',
  level: 'error',
  depends: { en: 'Only with Flannel, whose tunnels are VXLAN.', zh: '仅针对使用 VXLAN 隧道的 Flannel。' },
  title: { en: 'Kernel has VXLAN where the plugin tunnels with it', zh: '网络插件使用 VXLAN 隧道时内核具备该功能' },
  reason: {
    en: 'Small kernels (cloud images, single-board computers) leave it out, and pods reach nothing on other nodes.',
    zh: '精简内核（云镜像、单板机）常不含此模块，导致 Pod 无法访问其他节点。',
  },
  needed: { en: 'vxlan, loaded, built in or to be loaded', zh: 'vxlan 已加载、编译进内核或可加载' },
  remedy: { en: 'Install the kernel’s extra modules', zh: '安装内核附加模块包' },
  command: 'sudo apt-get install linux-modules-extra-$(uname -r)',
  judge({ facts: { modules }, assignment }) {
    if (assignment === null) return null;
    if (assignment.settings.network.plugin.kind !== 'flannel')
      return ok({ en: 'not asked for by this plugin', zh: '该插件不需要' });
    const state = modules.vxlan ?? 'unknown';
    if (state === 'unknown') return unknown(verbatim('vxlan: unknown'));
    return state === 'missing' ? error(verbatim('vxlan: missing')) : ok(verbatim(`vxlan: ${state}`));
  },
};
