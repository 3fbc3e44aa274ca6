import type { Request } from 'express';
import { type Language, languages } from '../../../shared/text/local-text.ts';

/** The language that the reader asks for: `?lang=zh`, else what Accept-Language likes best, else English. */
export function languageOf(request: Request): Language {
  const { lang } = request.query;
  const liked = request.acceptsLanguages([...languages]);
  const known = (name: unknown) => languages.find((language) => language === name);
  return known(lang) ?? known(liked) ?? 'en';
}
