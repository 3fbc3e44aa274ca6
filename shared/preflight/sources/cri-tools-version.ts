import { criToolsFor } from '../../compatibility/cri-tools.ts';
import { runtimeVersion } from '../../compatibility/runtime-version.ts';
import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, ok, unknown } from '../check.ts';

export const criToolsVersion: Check = {
  id: 'cri-tools-version',
  group: 'sources',
  level: 'error',
  guards: ['packages', ...becomesNode],
  depends: { en: 'Only if containerd is planned.', zh: '仅当计划使用 containerd 时检查。' },
  title: { en: 'cri-tools support this containerd’s CRI version', zh: 'cri-tools 支持该 containerd 的 CRI 版本' },
  reason: {
    en: 'From 1.26 crictl uses CRI v1 only, which containerd serves from 1.6; up to 1.22 only v1alpha2, which containerd removed in 2.0.',
    zh: '自 1.26 起 crictl 只使用 CRI v1，containerd 自 1.6 起提供；1.22 及更低版本只使用 v1alpha2，containerd 自 2.0 起已移除。',
  },
  needed: {
    en: 'cri-tools older than 1.26 below containerd 1.6; 1.23 or newer from containerd 2.0',
    zh: 'containerd 低于 1.6 时 cri-tools 低于 1.26；containerd 自 2.0 起 cri-tools 为 1.23 或更高版本',
  },
  remedy: {
    en: 'Set runtime.packages in the plan to docker or aliyun, whose containerd.io is newer, or kubernetes.packages to a source with suitable cri-tools',
    zh: '在计划中将 runtime.packages 设为 docker 或 aliyun（其 containerd.io 较新），或将 kubernetes.packages 设为有合适 cri-tools 的软件源',
  },
  command: '',
  judge({ facts, assignment }) {
    if (assignment === null || facts.reach === null || assignment.settings.runtime.name !== 'containerd') return null;
    const offers = facts.reach.offers?.['cri-tools'];
    if (offers === undefined) return unknown({ en: 'package index could not be read', zh: '无法读取软件包索引' });
    const containerd = runtimeVersion(facts, assignment.settings.runtime).version;
    const accepts = criToolsFor(containerd)?.accepts ?? (() => true);
    const found = offers.find(accepts);
    const seen = verbatim(`cri-tools ${found ?? offers[0] ?? '-'}; containerd ${containerd ?? '-'}`);
    return found === undefined && offers.length > 0 ? error(seen) : ok(seen);
  },
};
