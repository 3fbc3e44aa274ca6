import { apiDocument } from '../../../coordinator/api/http/document.ts';
import { endpoints } from '../../../coordinator/server/apps.ts';
import { supportPage } from '../../../shared/compatibility/reference.ts';
import { failuresPage } from '../../../shared/diagnosis/reference.ts';
import { errorsPage } from '../../../shared/errors/reference.ts';
import { planFieldsPage } from '../../../shared/plan/effects/reference.ts';
import { preflightPage } from '../../../shared/preflight/reference.ts';
import { commandReference } from './commands.ts';

export interface Page {
  /** Relative to the repository's root. */
  path: string;
  content: () => string;
}

/** The pages that `npm run reference` writes; a test compares each file with its content. */
export const pages: readonly Page[] = [
  { path: 'docs/reference/preflight.md', content: () => preflightPage('en') },
  { path: 'docs/reference/preflight.zh-CN.md', content: () => preflightPage('zh') },
  { path: 'docs/reference/support.md', content: () => supportPage('en') },
  { path: 'docs/reference/support.zh-CN.md', content: () => supportPage('zh') },
  { path: 'docs/reference/failures.md', content: () => failuresPage('en') },
  { path: 'docs/reference/failures.zh-CN.md', content: () => failuresPage('zh') },
  { path: 'docs/reference/errors.md', content: () => errorsPage('en') },
  { path: 'docs/reference/errors.zh-CN.md', content: () => errorsPage('zh') },
  { path: 'docs/reference/plan-fields.md', content: () => planFieldsPage('en') },
  { path: 'docs/reference/plan-fields.zh-CN.md', content: () => planFieldsPage('zh') },
  { path: 'docs/reference/openapi.json', content: () => `${JSON.stringify(apiDocument(endpoints), null, 2)}\n` },
  { path: 'docs/reference/cli.md', content: () => commandReference('en') },
  { path: 'docs/reference/cli.zh-CN.md', content: () => commandReference('zh') },
];
