import type { OutputLine } from '../protocol/report.ts';
import type { Language } from './local-text.ts';

/** The text of a line of a step's output in the reader's language. */
export function lineText({ text, zh = text }: Pick<OutputLine, 'text' | 'zh'>, language: Language): string {
  return language === 'zh' ? zh : text;
}
