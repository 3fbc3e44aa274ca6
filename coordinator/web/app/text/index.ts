import { computed } from '@preact/signals';
import { type Action, actionCatalogue } from '../../../../shared/actions/catalogue.ts';
import { duration as localDuration } from '../../../../shared/duration.ts';
import type { Language } from '../../../../shared/text/local-text.ts';
import { language } from '../state/preferences.ts';
import { en, type Texts } from './en.ts';
import { zh } from './zh.ts';

const all: Readonly<Record<Language, Texts>> = { en, zh };
const texts = computed(() => all[language.value]);

/** The page's texts in the reader's language; components that call it are re-rendered when the language changes. */
export function t(): Texts {
  return texts.value;
}

/** "Cancel operation", in the reader's language. */
export function actionName(action: Action): string {
  const name = actionCatalogue[action].name[language.value];
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** "4 min 10 s", in the reader's language. */
export function duration(seconds: number): string {
  return localDuration(seconds)[language.value];
}

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/** "14:03:05", in the reader's time zone. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat(locales[language.value], { timeStyle: 'medium', hourCycle: 'h23' }).format(at);
}

/** "4 Mar 2026, 14:03:05", in the reader's time zone. */
export function dateTime(at: number): string {
  const options = { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(locales[language.value], options).format(at);
}
