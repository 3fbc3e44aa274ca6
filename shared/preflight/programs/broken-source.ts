import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const brokenSource: Check = {
  id: 'broken-source',
  group: 'programs',
  level: 'warning',
  title: { en: 'Other package sources can be used', zh: '其他软件源可用' },
  reason: {
    en: 'muster installs without these entries, but apt reports them on every run and may refuse to work outside muster.',
    zh: 'muster 会忽略这些条目继续安装，但 apt 每次运行都会报错，并可能在 muster 之外无法工作。',
  },
  needed: {
    en: 'only entries that apt reads and whose repository answers',
    zh: '仅有 apt 能读取且其仓库有应答的条目',
  },
  remedy: {
    en: 'Correct the entry or comment it out; further entries need the same',
    zh: '更正该条目或将其注释掉；其他条目同样处理',
  },
  command: 'sudo sed -i {lines}s/^/#/ {path}',
  judge({ facts: { software } }) {
    const { brokenSources } = software;
    if (brokenSources === null) return notLooked;
    const [one] = brokenSources;
    if (one === undefined) return ok({ en: 'no broken entry in /etc/apt', zh: '/etc/apt 中没有损坏的条目' });
    const all = brokenSources.map(({ path, first, reason }) => `${path}:${first}: ${reason}`);
    return warning(verbatim(all.join('; ')), { values: { path: one.path, lines: `${one.first},${one.last}` } });
  },
};
