import type { Language } from './local-text.ts';

/** The language of a login by its locale, as POSIX orders the variables: zh_CN.UTF-8, zh_TW … are Chinese, everything else English. */
export function languageOfLocale(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh([_.@-]|$)/i.test(locale) ? 'zh' : 'en';
}
