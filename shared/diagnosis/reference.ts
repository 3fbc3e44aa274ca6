import type { Place } from '../protocol/diagnosis.ts';
import type { Language, LocalText } from '../text/local-text.ts';
import { fill } from './diagnose.ts';
import type { Failure } from './failure.ts';
import { failureGroups } from './failures/index.ts';
import { remedyTexts } from './remedies.ts';

const words = {
  title: { en: 'Failures that muster knows', zh: 'muster 能识别的故障' },
  about: {
    en: 'Generated from the catalogue in `shared/diagnosis`: `npm run reference`. Words in CAPITALS stand for what is found on the host. A symptom only tells that something else is wrong: where a true cause is found, that is shown. What is not here is shown as it is: the failing command, its last lines, and what the journals complained of.',
    zh: '由 `shared/diagnosis` 中的故障目录生成：`npm run reference`。大写单词代表在主机上实际发现的内容。“征兆”仅表示另有问题：如能找到真正原因，则显示该原因。不在此列的故障会如实显示：失败的命令、最后几行输出以及日志中的错误。',
  },
  what: { en: 'What you do', zh: '处理方法' },
  automatic: { en: 'By itself', zh: '自动处理' },
  symptom: { en: 'A symptom.', zh: '征兆。' },
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
  const { id, title, cause, remedy, command, where, automatic, symptom } = failure;
  const text = (local: LocalText) => fill(local[language], {});
  const colon = language === 'zh' ? '：' : ': ';
  const tries = automatic?.tries ?? 0;
  const often = { en: `${tries === 1 ? 'once' : `up to ${tries} times`}`, zh: `最多 ${tries} 次` }[language];
  return [
    `### \`${id}\`${colon}${text(title)}`,
    `${symptom ? `${words.symptom[language]} ` : ''}${text(cause)}`,
    `${words.what[language]}${colon}${text(remedy)}`,
    ...(command === '' ? [] : [`${places[where][language]}${colon}`, `\`\`\`sh\n${fill(command, {})}\n\`\`\``]),
    ...(automatic === undefined
      ? []
      : [
          language === 'zh'
            ? `${words.automatic.zh}${colon}muster 会${remedyTexts[automatic.remedy].zh}（${often}）。`
            : `${words.automatic.en}${colon}muster ${remedyTexts[automatic.remedy].en} (${often}).`,
        ]),
  ].join('\n\n');
}
