import { apiDocument } from '../../../coordinator/api/http/document.ts';
import { endpoints } from '../../../coordinator/server/apps.ts';
import { supportPage } from '../../../shared/compatibility/reference.ts';
import { failuresPage } from '../../../shared/diagnosis/reference.ts';
import { errorsPage } from '../../../shared/errors/reference.ts';
import { planFieldsPage } from '../../../shared/plan/effects/reference.ts';
import { preflightPage } from '../../../shared/preflight/reference.ts';
import type { Language } from '../../../shared/text/local-text.ts';
import { commandReference } from './commands.ts';

export interface Page {
  /** Relative to the repository's root. */
  path: string;
  content: () => string;
}

/** A page in both languages, each with the link to the other below its title. */
function inBoth(name: string, content: (language: Language) => string): Page[] {
  const linked = (language: Language, link: string) => content(language).replace('\n\n', `\n\n${link}\n\n`);
  return [
    { path: `docs/reference/${name}.md`, content: () => linked('en', `[简体中文](${name}.zh-CN.md)`) },
    { path: `docs/reference/${name}.zh-CN.md`, content: () => linked('zh', `[English](${name}.md)`) },
  ];
}

/** The pages that `npm run reference` writes; a test compares each file with its content. */
export const pages: readonly Page[] = [
  ...inBoth('preflight', preflightPage),
  ...inBoth('support', supportPage),
  ...inBoth('failures', failuresPage),
  ...inBoth('errors', errorsPage),
  ...inBoth('plan-fields', planFieldsPage),
  { path: 'docs/reference/openapi.json', content: () => `${JSON.stringify(apiDocument(endpoints), null, 2)}\n` },
  ...inBoth('cli', commandReference),
];
