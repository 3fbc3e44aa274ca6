import type { Language } from './local-text.ts';

/** Language from the locale variables, in POSIX order: zh_* is Chinese, all others English. */
export function languageOfLocale(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh([_.@-]|$)/i.test(locale) ? 'zh' : 'en';
}
