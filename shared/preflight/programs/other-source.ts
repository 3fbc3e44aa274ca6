import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const otherSource: Check = {
  id: 'other-source',
  group: 'programs',
  level: 'warning',
  title: { en: 'Kubernetes packages have one source', zh: 'Kubernetes 软件包只有一个来源' },
  reason: {
    en: 'apt fails if two files name one repository with different keys, and picks the newest version of several sources.',
    zh: '两个文件以不同密钥指向同一仓库时 apt 会失败；存在多个来源时会选用最新版本。',
  },
  needed: { en: 'only the source in the plan', zh: '仅使用计划中的来源' },
  remedy: {
    en: 'Comment out the other entries; muster does so with those for the planned repository',
    zh: '注释掉其他条目；指向计划仓库的条目由 muster 注释掉',
  },
  command: 'sudo sed -i {lines}s/^/#/ {path}',
  judge({ facts: { software } }) {
    const { otherEntries } = software;
    if (otherEntries === null) return notLooked;
    const [one] = otherEntries;
    if (one === undefined) return ok({ en: 'no other source in /etc/apt', zh: '/etc/apt 中没有其他来源' });
    const all = otherEntries.map(({ path, first }) => `${path}:${first}`);
    return warning(verbatim(all.join(' ')), { values: { path: one.path, lines: `${one.first},${one.last}` } });
  },
};
