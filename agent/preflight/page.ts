import { type CheckEntry, groupOf, titleOf } from '../../shared/preflight/catalogue.ts';
import { type Group, groupTitles } from '../../shared/preflight/groups.ts';
import { type Finding, levels } from '../../shared/protocol/finding.ts';
import type { Language } from '../../shared/text/local-text.ts';
import type { Paint } from './paint.ts';

const words = {
  level: {
    ok: { en: 'ok', zh: '正常' },
    unknown: { en: 'unknown', zh: '未知' },
    warning: { en: 'warning', zh: '警告' },
    error: { en: 'error', zh: '错误' },
  },
  needed: { en: 'required: ', zh: '要求：' },
  lowered: { en: 'lowered from error by the plan: ', zh: '已在计划中由错误降级：' },
  mends: { en: 'fixed by muster', zh: '由 muster 修复' },
} as const;

/** Width of the level column; details are indented to it. */
const indent = ' '.repeat(11);

/** Renders all findings by topic, worst topic first; a passed check takes one line. */
export function reportText(findings: readonly Finding[], language: Language, paint: Paint): string {
  const byGroup = Object.groupBy(findings, ({ id }) => groupOf(id));
  const groups = (Object.keys(groupTitles) as Group[])
    .flatMap((group) => (byGroup[group] === undefined ? [] : [{ group, found: byGroup[group] }]))
    .sort((a, b) => worst(b.found) - worst(a.found));
  const sections = groups.map(({ group, found }) =>
    [paint.strong(groupTitles[group][language]), ...found.flatMap((one) => findingLines(one, language, paint))].join(
      '\n',
    ),
  );
  return [...sections, summary(findings, language)].join('\n\n');
}

const worst = (findings: readonly Finding[]) => Math.max(...findings.map(({ level }) => levels.indexOf(level)));

function findingLines(finding: Finding, language: Language, paint: Paint): string[] {
  const { id, level, seen, needed, remedy, command, mends, lowered } = finding;
  const word = words.level[level][language];
  // A Chinese character is two columns wide.
  const width = language === 'zh' ? word.length * 2 : word.length;
  const label = `  ${paint.level(level, word)}${' '.repeat(Math.max(1, 9 - width))}`;
  const colon = language === 'zh' ? '：' : ': ';
  const first = `${label}${titleOf(id)[language]}${colon}${seen[language]}`;
  if (level === 'ok') return [paint.faint(first)];
  const below = [
    words.needed[language] + needed[language],
    ...(lowered === null ? [] : [words.lowered[language] + lowered.reason]),
    mends ? words.mends[language] : remedy[language],
    ...(command === '' || mends ? [] : [paint.strong(command)]),
  ];
  return [`${first} ${paint.faint(`[${id}]`)}`, ...below.filter((line) => line !== '').map((line) => indent + line)];
}

function summary(findings: readonly Finding[], language: Language): string {
  const count = (level: Finding['level']) => findings.filter((one) => one.level === level).length;
  const [errors, warnings, unknowns, good] = (['error', 'warning', 'unknown', 'ok'] as const).map(count);
  return language === 'zh'
    ? `共 ${findings.length} 项检查：${errors} 项错误，${warnings} 项警告，${unknowns} 项未知，${good} 项正常`
    : `${findings.length} checks: ${errors} errors, ${warnings} warnings, ${unknowns} unknown, ${good} ok`;
}

/** Renders the list of all checks. */
export function listText(checks: readonly CheckEntry[], language: Language, paint: Paint): string {
  const longest = Math.max(...checks.map(({ id }) => id.length));
  const lines = (Object.entries(groupTitles) as [Group, (typeof groupTitles)[Group]][]).flatMap(([group, title]) => {
    const own = checks.filter((check) => check.group === group);
    if (own.length === 0) return [];
    const rows = own.map(({ id, level, title: name, step }) => {
      const note = step === undefined ? '' : paint.faint(` (${words.mends[language]})`);
      return `  ${id.padEnd(longest)}  ${paint.level(level, words.level[level][language])}  ${name[language]}${note}`;
    });
    return ['', paint.strong(title[language]), ...rows];
  });
  return lines.slice(1).join('\n');
}
