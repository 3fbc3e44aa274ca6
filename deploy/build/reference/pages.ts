import { preflightPage } from '../../../shared/preflight/reference.ts';

export interface Page {
  /** From the repository's root. */
  path: string;
  content: () => string;
}

/** What `npm run reference` writes; a test holds each file against its content. */
export const pages: readonly Page[] = [
  { path: 'docs/reference/preflight.md', content: () => preflightPage('en') },
  { path: 'docs/reference/preflight.zh-CN.md', content: () => preflightPage('zh') },
];
