import { isPlannedKubernetes } from '../../compatibility/versions.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

export const packageVersion: Check = {
  id: 'package-version',
  group: 'sources',
  level: 'error',
  guards: ['packages'],
  title: { en: 'Planned version is available', zh: '计划版本可用' },
  reason: {
    en: 'A missing version is found before anything is changed, not halfway through the installation.',
    zh: '在更改主机之前发现缺少的版本，而不是安装到一半才失败。',
  },
  needed: { en: 'kubeadm in the planned version or package revision', zh: '计划版本（或指定修订号）的 kubeadm' },
  remedy: {
    en: 'Plan a version that the source offers, or another source',
    zh: '在计划中使用软件源提供的版本，或换用其他软件源',
  },
  command: '',
  cases: { planned: { needed: verbatim('kubeadm {version}') } },
  judge({ facts: { reach }, assignment }) {
    if (reach === null || assignment === null) return null;
    const { kubernetes } = assignment.settings;
    if (reach.offeredVersions === null)
      return unknown({ en: 'package index could not be read', zh: '无法读取软件包索引' });
    const found = reach.offeredVersions.find((one) => isPlannedKubernetes(one, kubernetes));
    if (found !== undefined) return ok({ en: `available: kubeadm ${found}`, zh: `可用：kubeadm ${found}` });
    const list = reach.offeredVersions.slice(0, 12).join(', ');
    const seen =
      list === ''
        ? { en: 'no package of this minor version', zh: '没有该次要版本的软件包' }
        : { en: `available: ${list}`, zh: `可用：${list}` };
    return error(seen, { case: 'planned', values: { version: kubernetes.packageVersion ?? kubernetes.version } });
  },
};
