import type { Language, LocalText } from '../../text/local-text.ts';
import { type Applies, planFields } from './fields.ts';
import { appliesTexts, applyText } from './texts.ts';

const words = {
  title: { en: 'When plan changes take effect', zh: '计划更改何时生效' },
  about: {
    en: 'Generated from `shared/plan/effects`: `npm run reference`. Running hosts, and hosts that join later, keep the value that the cluster was created with. `muster status`, the status page, `muster plan check` and `muster plan diff` list planned values that the running cluster does not have.',
    zh: '由 `shared/plan/effects` 生成：`npm run reference`。运行中的主机以及以后加入的主机保留创建集群时的值。`muster status`、状态页、`muster plan check` 和 `muster plan diff` 会列出运行中的集群未采用的计划值。',
  },
  field: { en: 'Field', zh: '字段' },
  when: { en: 'Takes effect', zh: '生效时间' },
  apply: { en: 'How a running cluster gets the value', zh: '运行中的集群如何采用该值' },
} as const satisfies Record<string, LocalText>;

const order: readonly Applies[] = ['now', 'enrol', 'join', 'init'];

/** The reference page of all plan fields, in Markdown. */
export function planFieldsPage(language: Language): string {
  const rows = planFields
    .toSorted((a, b) => order.indexOf(a.applies) - order.indexOf(b.applies))
    .map((field) => [`\`${field.written}\``, appliesTexts[field.applies].when[language], applyText(field)[language]]);
  const head = [words.field, words.when, words.apply].map((text) => text[language]);
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${[`# ${words.title[language]}`, words.about[language], table.join('\n')].join('\n\n')}\n`;
}
