import type { Level } from '../../shared/protocol/finding.ts';
/** Colours for terminal output; plain if NO_COLOR is set (https://no-color.org) or the output is not a terminal. */
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
