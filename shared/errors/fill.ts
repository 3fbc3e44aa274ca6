import { listText } from '../text/list.ts';
import { type Language, type LocalText, languages } from '../text/local-text.ts';
import type { Param } from './definition.ts';

export type Params = Readonly<Record<string, Param>>;

/** Fills parameters into a catalogue text. */
export function fill(template: string | LocalText, params: Params): LocalText {
  const texts = languages.map((language) => [language, fillOne(template, params, language)]);
  return Object.fromEntries(texts) as LocalText;
}

function fillOne(template: string | LocalText, params: Params, language: Language): string {
  const text = typeof template === 'string' ? template : template[language];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : show(value, language);
  });
}

function show(value: Param, language: Language): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return listText(value)[language];
  return (value as LocalText)[language];
}
