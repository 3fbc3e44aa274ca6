import { type Check, ok } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const pluginManifest: Check = {
  id: 'plugin-manifest',
  group: 'sources',
  level: 'warning',
  depends: { en: 'Only on the control plane, which applies it.', zh: '仅针对应用该清单的控制平面。' },
  title: { en: 'Network plugin manifest is available', zh: '网络插件清单可用' },
  reason: {
    en: 'It is applied last; a missing manifest would leave a cluster without a network.',
    zh: '清单在最后应用；缺少时集群没有网络。',
  },
  needed: { en: 'the manifest at the planned URL', zh: '计划的 URL 处有清单' },
  remedy: {
    en: 'Set network.plugin.mirror in the plan, or put the manifest next to it: network.plugin.manifest: FILE',
    zh: '在计划中设置 network.plugin.mirror，或将清单放在计划文件旁：network.plugin.manifest: 文件',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (reach === null || assignment?.bootstrap !== 'init') return null;
    if ('text' in assignment.settings.network.plugin.manifest)
      return ok({ en: 'contained in the plan', zh: '已包含在计划中' });
    return judgeAttempt(reach.pluginManifest);
  },
};
