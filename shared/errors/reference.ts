import type { Language, LocalText } from '../text/local-text.ts';
import { areas } from './catalogue/index.ts';
import type { ErrorDefinition } from './definition.ts';
import { exitCode } from './exit-codes.ts';

const words = {
  title: { en: 'Errors', zh: '错误' },
  about: {
    en: 'Generated from the catalogue in `shared/errors`: `npm run reference`. Codes are stable; match on them, not on the text. Over the API an error is `{code, params, message: {en, zh}, remedy: {en, zh}}` ([openapi.json](openapi.json), `Problem`). Names in braces are its parameters.',
    zh: '由 `shared/errors` 中的错误目录生成：`npm run reference`。错误代码保持稳定，程序应匹配代码而非文本。API 返回的错误形如 `{code, params, message: {en, zh}, remedy: {en, zh}}`（见 [openapi.json](openapi.json) 中的 `Problem`）。花括号中的名称是其参数。',
  },
  head: {
    en: '| code | HTTP | exit | message | remedy |',
    zh: '| 代码 | HTTP | 退出码 | 错误信息 | 处理方法 |',
  },
} as const satisfies Record<string, LocalText>;

const areaTitles: Record<keyof typeof areas, LocalText> = {
  usage: { en: 'Use of the commands', zh: '命令用法' },
  plan: { en: 'The plan', zh: '计划' },
  requests: { en: 'Requests to the coordinator', zh: '对协调器的请求' },
  enrolment: { en: 'Enrolment and credentials', zh: '接入与凭据' },
  joining: { en: 'Joining the cluster', zh: '加入集群' },
  actions: { en: 'Operations on hosts', zh: '对主机的操作' },
  coordinator: { en: 'The coordinator', zh: '协调器' },
  backup: { en: 'Backups', zh: '备份' },
  agent: { en: 'The agent', zh: '代理' },
  steps: { en: 'Steps on a host', zh: '主机上的步骤' },
  kube: { en: 'The API server', zh: 'API 服务器' },
  etcd: { en: 'etcd', zh: 'etcd' },
  build: { en: 'Building a release', zh: '构建发布包' },
};

/** The reference page of all errors, in Markdown. */
export function errorsPage(language: Language): string {
  const sections = Object.entries(areas).map(([area, definitions]) => {
    const rows = Object.entries(definitions).map(([code, definition]) => row(code, definition, language));
    const table = [words.head[language], '|---|---|---|---|---|', ...rows].join('\n');
    return `## ${areaTitles[area as keyof typeof areas][language]}\n\n${table}`;
  });
  return `${[`# ${words.title[language]}`, words.about[language], ...sections].join('\n\n')}\n`;
}

function row(code: string, { message, remedy = '', status, exit }: ErrorDefinition, language: Language): string {
  const cells = [
    `\`${code}\``,
    status ?? '',
    exit ?? exitCode.failure,
    message[language],
    typeof remedy === 'string' ? remedy : remedy[language],
  ];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}
