import type { Tone } from '../../../shared/status/phases.ts';
import type { Io, Output } from './io.ts';

const codes: Record<Tone, number> = { good: 32, busy: 34, warn: 33, bad: 31, idle: 2 };

export interface Paint {
  tone(tone: Tone, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

/** Colours for a terminal; none if the output is not a terminal or NO_COLOR is set (https://no-color.org). */
export function createPaint(output: Output, env: Io['env']): Paint {
  const plain = output.isTTY !== true || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  const sgr = (code: number) => (text: string) => (plain ? text : `\x1b[${code}m${text}\x1b[0m`);
  return { tone: (tone, text) => sgr(codes[tone])(text), strong: sgr(1), faint: sgr(2) };
}
