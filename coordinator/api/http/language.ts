import type { Request } from 'express';
import { type Language, languages } from '../../../shared/text/local-text.ts';

/** The reader's language: `?lang=`, otherwise the preferred one of Accept-Language, otherwise English. */
export function languageOf(request: Request): Language {
  const { lang } = request.query;
  const liked = request.acceptsLanguages([...languages]);
  const known = (name: unknown) => languages.find((language) => language === name);
  return known(lang) ?? known(liked) ?? 'en';
}
