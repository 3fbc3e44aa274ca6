import { runtimeVersion } from '../../compatibility/runtime-version.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, unknown, warning } from '../check.ts';

export const runtimeOffered: Check = {
  id: 'runtime-offered',
  group: 'sources',
  level: 'warning',
  title: { en: 'Planned runtime package is available', zh: '计划的容器运行时软件包可用' },
  reason: {
    en: 'A missing package or version stops the installation; muster updates the package index before it.',
    zh: '缺少软件包或版本会使安装中止；muster 会在安装前更新软件包索引。',
  },
  needed: { en: 'the planned package, in the planned version', zh: '计划的软件包及其计划版本' },
  remedy: {
    en: 'Set runtime.version in the plan to an offered version, or runtime.packages to a source that has it',
    zh: '在计划中将 runtime.version 设为所提供的版本，或将 runtime.packages 设为有该版本的软件源',
  },
  command: '',
  cases: { planned: { needed: verbatim('{name} {version}') } },
  judge({ facts, assignment }) {
    if (assignment === null || facts.reach === null) return null;
    const { runtime } = assignment.settings;
    const found = runtimeVersion(facts, runtime);
    const name = runtime.package;
    if (found.version !== null) return ok(verbatim(`${name} ${found.version}`));
    if (found.state === 'unknown') return unknown({ en: 'package index could not be read', zh: '无法读取软件包索引' });
    const offers = found.offers.slice(0, 12).join(', ');
    const seen =
      offers === ''
        ? { en: `no package source offers ${name}`, zh: `没有软件源提供 ${name}` }
        : { en: `available: ${offers}`, zh: `可用：${offers}` };
    return warning(seen, { case: 'planned', values: { name, version: runtime.version ?? '' } });
  },
};
