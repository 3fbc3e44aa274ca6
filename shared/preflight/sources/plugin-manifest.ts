import { type Check, ok } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const pluginManifest: Check = {
  id: 'plugin-manifest',
  group: 'sources',
  level: 'warning',
  depends: { en: 'Only on the control plane, which applies it.', zh: '仅针对负责应用它的控制平面。' },
  title: { en: 'The network plugin’s manifest can be fetched', zh: '网络插件清单可以下载' },
  reason: {
    en: 'It is needed at the very end: found out now, no cluster stands there without a network.',
    zh: '最后一步才会用到；现在发现，就不会得到没有网络的集群。',
  },
  needed: { en: 'the manifest at the planned URL', zh: '计划的 URL 处有清单' },
  remedy: {
    en: 'Put the manifest beside the plan: network.plugin.manifest: FILE',
    zh: '将清单放在计划文件旁：network.plugin.manifest: 文件',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (reach === null || assignment?.bootstrap !== 'init') return null;
    if ('text' in assignment.settings.network.plugin.manifest)
      return ok({ en: 'it is in the plan', zh: '清单在计划中' });
    return judgeAttempt(reach.pluginManifest);
  },
};
