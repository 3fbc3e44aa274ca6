import { effect, signal } from '@preact/signals';
import { type Language, languages } from '../../../../shared/text/local-text.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const language = signal<Language>(stored('muster-language', languages) ?? liked());
export const theme = signal<Theme>(stored('muster-theme', themes) ?? 'system');

/** Applies the preferences to the page and stores them in the browser. */
export function rememberPreferences(): void {
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-Hans' : 'en';
  });
  effect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
    localStorage.setItem('muster-theme', theme.value);
  });
}

export function chooseLanguage(chosen: Language): void {
  localStorage.setItem('muster-language', chosen);
  language.value = chosen;
}

function stored<T extends string>(key: string, allowed: readonly T[]): T | undefined {
  const value = localStorage.getItem(key);
  return allowed.find((one) => one === value);
}

/** The browser's preferred language among the supported ones. */
function liked(): Language {
  const first = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'zh' || tag === 'en');
  return first === 'zh' ? 'zh' : 'en';
}
