/** The languages that muster speaks. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/**
 * A text for people, in every language. Whoever makes a sentence makes all of them at once, with the same facts in it; commands, paths and
 * what programs print are the same in all.
 */
export type LocalText = Readonly<Record<Language, string>>;

/** The same text in every language: a command, a number, a program's own words. */
export function verbatim(text: string): LocalText {
  return { en: text, zh: text };
}
