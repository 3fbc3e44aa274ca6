import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

export const packageVersion: Check = {
  id: 'package-version',
  group: 'sources',
  level: 'error',
  title: { en: 'The planned version is to be had', zh: '软件源提供计划版本' },
  reason: {
    en: 'Found out before anything is changed, instead of half-way through the installation.',
    zh: '在改动主机之前就发现，而不是安装到一半才失败。',
  },
  needed: {
    en: 'kubeadm in the planned version, or in the planned revision',
    zh: '计划版本（或指定修订号）的 kubeadm',
  },
  remedy: {
    en: 'Name a version that the source offers, or another source, in the plan under kubernetes',
    zh: '在计划的 kubernetes 中填写软件源提供的版本，或换用其他软件源',
  },
  command: 'apt-cache madison kubeadm',
  judge({ facts: { reach }, assignment }) {
    if (reach === null || assignment === null) return null;
    const { version, packageVersion: revision } = assignment.settings.kubernetes;
    if (reach.offeredVersions === null)
      return unknown({ en: 'the source’s index could not be read', zh: '无法读取软件源索引' });
    const wanted = (one: string) => (revision === null ? one.startsWith(`${version}-`) : one === revision);
    const found = reach.offeredVersions.find(wanted);
    if (found !== undefined) return ok(verbatim(found));
    const list = reach.offeredVersions.slice(0, 12).join(', ');
    const needed = verbatim(`kubeadm ${revision ?? version}`);
    const seen =
      list === ''
        ? { en: 'none of this minor version', zh: '没有该次版本的软件包' }
        : { en: `it offers ${list}`, zh: `提供 ${list}` };
    return error(seen, { needed });
  },
};
