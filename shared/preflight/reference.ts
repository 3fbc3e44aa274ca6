import { assumedManager, commandFor } from '../packages/index.ts';
import { definitionOf } from '../steps/catalogue.ts';
import type { Language, LocalText } from '../text/local-text.ts';
import { fillCommand, fillText } from '../text/values.ts';
import { type CheckEntry, catalogue } from './catalogue.ts';
import { type Group, groupTitles } from './groups.ts';

const words = {
  title: { en: 'Preflight checks', zh: '预检项目' },
  about: {
    en: 'Generated from the checks in `shared/preflight`: `npm run reference`. An *error* that no step of muster fixes stops a host before anything is changed on it. On a host that muster has made a node, it blocks only the steps named below and those that need them; all others, such as the correction of drift, continue. A value that could not be determined is *unknown*, never ok. To run the checks before a host is enrolled: `sudo muster-agent preflight --plan cluster.yaml`. Findings and the plan refer to a check by its ID; to lower an error to a warning, set `preflight: {lower: {ID: {to: warning, reason: WHY}}}` in the plan.',
    zh: '由 `shared/preflight` 中的检查生成：`npm run reference`。出现 muster 的步骤无法修复的*错误*时，muster 不会对主机做任何更改。在已由 muster 加入集群的主机上，错误只阻止下面列出的步骤以及依赖它们的步骤；其他步骤（例如纠正漂移）继续执行。无法确定的值为*未知*，绝不视为正常。主机接入之前可运行：`sudo muster-agent preflight --plan cluster.yaml`。检查结果与计划均以 ID 指代检查项；要将错误降为警告，请在计划中设置 `preflight: {lower: {ID: {to: warning, reason: 原因}}}`。',
  },
  count: { en: 'checks', zh: '项检查' },
  level: { en: 'Level', zh: '级别' },
  needed: { en: 'Required', zh: '要求' },
  remedy: { en: 'Fix', zh: '修复方法' },
  fixedBy: { en: 'Fixed by the step', zh: '由以下步骤修复' },
  guards: { en: 'Blocks', zh: '阻止' },
  everyStep: { en: 'every step', zh: '所有步骤' },
  fixed: { en: 'The plan cannot lower it.', zh: '不可在计划中降级。' },
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
} as const satisfies Record<string, LocalText>;

/** The reference page of all checks, in Markdown. Headings are check ids, which become anchors. */
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

const inParentheses = (title: string, id: string, language: Language): string =>
  ({ en: `${title} (\`${id}\`)`, zh: `${title}（\`${id}\`）` })[language];

function section(check: CheckEntry, language: Language): string {
  const { id, level, depends, title, reason, needed, remedy, step, guards, fixed } = check;
  const command = commandFor(check.command, assumedManager);
  const colon = language === 'zh' ? '：' : ': ';
  const gap = language === 'zh' ? '' : ' ';
  const notes = [...(depends ? [depends[language]] : []), ...(fixed ? [words.fixed[language]] : [])];
  const rows = [
    [
      words.level,
      `${words[level][language]}${notes.length === 0 ? '' : `${language === 'zh' ? '。' : '. '}${notes.join(gap)}`}`,
    ],
    [words.needed, needed[language]],
    [words.remedy, fillText(remedy[language], {})],
    ...(level === 'error'
      ? [
          [
            words.guards,
            guards?.map((id) => `\`${id}\``).join(language === 'zh' ? '、' : ', ') ?? words.everyStep[language],
          ] as const,
        ]
      : []),
  ] as const;
  return [
    `### ${id}`,
    `**${title[language]}**${colon}${reason[language]}`,
    rows.map(([name, text]) => `- ${name[language]}${colon}${text}`).join('\n'),
    ...(command === '' ? [] : [`\`\`\`sh\n${fillCommand(command, {})}\n\`\`\``]),
    ...(step === undefined
      ? []
      : [`${words.fixedBy[language]}${colon}${inParentheses(definitionOf[step].title[language], step, language)}`]),
  ].join('\n\n');
}
