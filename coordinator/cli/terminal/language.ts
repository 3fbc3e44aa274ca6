import { MusterError } from '../../../shared/errors/errors.ts';
import { type Language, type LocalText, languages } from '../../../shared/text/local-text.ts';
import { languageOfLocale } from '../../../shared/text/locale.ts';
import type { Io } from './io.ts';

/** Selects the reader's language. */
export type Say = (text: LocalText) => string;

export function speak(language: Language): Say {
  return (text) => text[language];
}

export interface Spoken {
  language: Language;
  /** The arguments without `--lang`, which may appear anywhere. */
  args: string[];
}

/**
 * Reads the language from `--lang`, otherwise from the locale by POSIX precedence; default English. Throws MusterError
 * `language-unknown`.
 */
export function readLanguage(given: readonly string[], env: Io['env']): Spoken {
  const args = [...given];
  const end = args.indexOf('--');
  const at = args.findIndex((arg, index) => (end === -1 || index < end) && /^--lang(=|$)/.test(arg));
  if (at === -1) return { language: languageOfLocale(env), args };
  const [flag = '', next] = args.splice(at, args[at]?.includes('=') ? 1 : 2);
  const asked = flag.includes('=') ? flag.slice('--lang='.length) : next;
  const language = languages.find((known) => known === asked);
  if (language !== undefined) return { language, args };
  throw new MusterError('language-unknown', { given: asked ?? '', known: [...languages] });
}
