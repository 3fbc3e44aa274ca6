/** Supported languages. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** User-visible text in every language, with the same facts; commands, paths and program output are identical. */
export type LocalText = Readonly<Record<Language, string>>;

/** Text about an event that the diagnosis knows by its code. */
export interface CodedText extends LocalText {
  readonly code?: string;
}

/** Text that is the same in every language: a command, a number, program output. */
export function verbatim(text: string): LocalText {
  return { en: text, zh: text };
}
