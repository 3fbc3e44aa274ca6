import { definitionOf } from '../steps/catalogue.ts';
import type { Language, LocalText } from '../text/local-text.ts';
import { type CheckEntry, catalogue } from './catalogue.ts';
import { type Group, groupTitles } from './groups.ts';

const words = {
  title: { en: 'Preflight checks', zh: '预检项目' },
  about: {
    en: 'Generated from the checks in `shared/preflight`: `npm run reference`. An *error* stops a host before anything is changed on it, unless muster mends it itself; what could not be looked at is *unknown*, never ok. Before a host is enrolled: `sudo muster-agent preflight --plan cluster.yaml`. In a finding and in the plan a check is named by its id; the plan makes a warning of an error with `preflight: {lower: {ID: {to: warning, reason: WHY}}}`.',
    zh: '由 `shared/preflight` 中的检查生成：`npm run reference`。*错误*会在改动主机之前将其拦下，除非 muster 能自动修复；无法检查的一律为*未知*，绝不算作正常。主机注册之前可运行：`sudo muster-agent preflight --plan cluster.yaml`。检查结果与计划均以 id 指代检查；在计划中写 `preflight: {lower: {ID: {to: warning, reason: 原因}}}` 可将错误降为警告。',
  },
  count: { en: 'checks', zh: '项检查' },
  level: { en: 'Level', zh: '级别' },
  needed: { en: 'Needed', zh: '要求' },
  remedy: { en: 'Remedy', zh: '处理方法' },
  mends: { en: 'muster mends it itself, in the step', zh: 'muster 会在以下步骤中自动修复' },
  fixed: { en: 'Can’t be lowered by the plan.', zh: '计划不可将其降级。' },
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
} as const satisfies Record<string, LocalText>;

/** The reference page of all checks, in Markdown. The heading of each is its id, which makes the anchor. */
export function preflightPage(language: Language): string {
  const groups = (Object.keys(groupTitles) as Group[]).flatMap((group) => {
    const own = catalogue.filter((check) => check.group === group);
    return own.length === 0
      ? []
      : [`## ${groupTitles[group][language]}`, ...own.map((check) => section(check, language))];
  });
  const count = `${catalogue.length} ${words.count[language]}`;
  return `${[`# ${words.title[language]}`, words.about[language], count, ...groups].join('\n\n')}\n`;
}

function section(check: CheckEntry, language: Language): string {
  const { id, level, depends, title, reason, needed, remedy, command, step, fixed } = check;
  const colon = language === 'zh' ? '：' : ': ';
  const gap = language === 'zh' ? '' : ' ';
  const rows = [
    [
      words.level,
      [words[level][language], ...(depends ? [depends[language]] : []), ...(fixed ? [words.fixed[language]] : [])]
        .join(language === 'zh' ? '。' : '. ')
        .replace('。。', '。'),
    ],
    [words.needed, needed[language]],
    [words.remedy, remedy[language]],
  ] as const;
  return [
    `### ${id}`,
    `**${title[language]}**${colon}${reason[language]}`,
    rows.map(([name, text]) => `- ${name[language]}${colon}${text}`).join('\n'),
    ...(command === '' ? [] : [`\`\`\`sh\n${command}\n\`\`\``]),
    ...(step === undefined
      ? []
      : [`${words.mends[language]}${colon.trimEnd()}${gap}${definitionOf[step].title[language]} (\`${step}\`)`]),
  ].join('\n\n');
}
