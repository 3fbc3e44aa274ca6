import type { Level } from '../../shared/protocol/finding.ts';
/** Colours of a level, where the output is a terminal and nobody asked for none (https://no-color.org). */
export interface Paint {
  level(level: Level, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const codes: Record<Level, number> = { ok: 32, unknown: 35, warning: 33, error: 31 };

export function terminalPaint(output: { isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const plain = output.isTTY !== true || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  const sgr = (code: number) => (text: string) => (plain ? text : `\x1b[${code}m${text}\x1b[0m`);
  return { level: (level, text) => sgr(codes[level])(text), strong: sgr(1), faint: sgr(2) };
}
