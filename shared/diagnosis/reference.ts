import { assumedManager, commandFor } from '../packages/index.ts';
import type { Place } from '../protocol/diagnosis.ts';
import type { Language, LocalText } from '../text/local-text.ts';
import { fillCommand, fillText } from '../text/values.ts';
import type { Failure } from './failure.ts';
import { failureGroups } from './failures/index.ts';
import { remedyTexts } from './remedies.ts';

const words = {
  title: { en: 'Known failures', zh: '已知故障' },
  about: {
    en: 'Generated from the catalogue in `shared/diagnosis`: `npm run reference`. Words in CAPITALS stand for values found on the host. A symptom is shown only if no cause is found. For an unknown failure, muster shows the failed command, its last lines and the errors in the journals.',
    zh: '由 `shared/diagnosis` 中的故障目录生成：`npm run reference`。大写单词代表在主机上发现的值。仅在找不到原因时才显示症状。对于未知故障，muster 会显示失败的命令、最后几行输出以及日志中的错误。',
  },
  what: { en: 'Fix', zh: '修复方法' },
  next: { en: 'Next', zh: '接下来' },
  automatic: { en: 'Automatic', zh: '自动处理' },
  symptom: { en: 'Symptom. ', zh: '症状。' },
} as const satisfies Record<string, LocalText>;

const places: Record<Place, LocalText> = {
  host: { en: 'On the host', zh: '在该主机上' },
  'control-plane': { en: 'On the control plane', zh: '在控制平面上' },
  coordinator: { en: 'On the coordinator', zh: '在协调器上' },
};

/** The reference page of all failures, in Markdown. */
export function failuresPage(language: Language): string {
  const groups = failureGroups.map(({ title, failures }) =>
    [`## ${title[language]}`, ...failures.map((failure) => section(failure, language))].join('\n\n'),
  );
  return `${[`# ${words.title[language]}`, words.about[language], ...groups].join('\n\n')}\n`;
}

function section(failure: Failure, language: Language): string {
  const { id, title, cause, remedy, next, where, automatic, symptom } = failure;
  const command = commandFor(failure.command, assumedManager);
  const text = (local: LocalText) => fillText(local[language], {});
  const colon = language === 'zh' ? '：' : ': ';
  const tries = automatic?.tries ?? 0;
  const often = { en: `${tries === 1 ? 'once' : `up to ${tries} times`}`, zh: `最多 ${tries} 次` }[language];
  const inParentheses = language === 'zh' ? `（${often}）` : ` (${often})`;
  const did = automatic === undefined ? '' : { en: '', zh: '会' }[language] + remedyTexts[automatic.remedy][language];
  return [
    `### \`${id}\`${colon}${text(title)}`,
    `${symptom ? words.symptom[language] : ''}${text(cause)}`,
    `${words.what[language]}${colon}${text(remedy)}`,
    ...(next === undefined
      ? []
      : [`${words.next[language]}${automatic === undefined ? '' : inParentheses}${colon}${text(next)}`]),
    ...(command === ''
      ? []
      : [`${places[where][language]}${colon.trimEnd()}`, `\`\`\`sh\n${fillCommand(command, {})}\n\`\`\``]),
    ...(automatic === undefined || next !== undefined
      ? []
      : [`${words.automatic[language]}${inParentheses}${colon}muster ${did}${language === 'zh' ? '。' : '.'}`]),
  ].join('\n\n');
}
