import { problemOnLine } from './document.ts';
import type { PlanProblem } from './problem.ts';

/** Characters of Chinese input methods and word processors -> what YAML needs in their place. */
const lookAlikes: Readonly<Record<string, string>> = {
  '、': ',',
  '。': '.',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '【': '[',
  '】': ']',
  '–': '-',
  '—': '-',
};
const spaces = ['\u3000', '\u00a0'];
const suspicious = /[\uff01-\uff5e\u3000\u00a0、。“”‘’【】–—]/gu;

interface Found {
  line: number;
  column: number;
  character: string;
  /** Nothing but white space precedes it: YAML takes the line for a continuation of the one above. */
  isIndent: boolean;
}

/**
 * Replaces the problems of a line with a full-width character by that one, and leaves out errors of the syntax that
 * follow from it.
 */
export function explainFullwidth(text: string, problems: readonly PlanProblem[]): PlanProblem[] {
  if (problems.length === 0) return [];
  const isSyntax = problems.some(({ code }) => code === 'yaml-invalid');
  const wrong = new Set(problems.map(({ line }) => line));
  const found = text
    .split('\n')
    .flatMap((line, index) => findIn(line, index + 1) ?? [])
    .filter(({ line, isIndent }) => isSyntax || isIndent || wrong.has(line));
  const lines = new Set(found.map(({ line }) => line));
  const first = found[0]?.line ?? Number.POSITIVE_INFINITY;
  const rest = problems.filter(({ line, code }) => !lines.has(line) && !(code === 'yaml-invalid' && line > first));
  return [...found.map(explain), ...rest].sort((a, b) => a.line - b.line);
}

/** The first such character of a line that is neither quoted, nor in a comment, nor part of Chinese text. */
function findIn(line: string, number: number): Found | null {
  const bare = line
    .replace(/"(\\.|[^"\\])*"|'[^']*'/g, (quoted) => ' '.repeat(quoted.length))
    .replace(/(^|\s)#.*$/, '');
  for (const { 0: character, index } of bare.matchAll(suspicious)) {
    const before = bare.slice(0, index);
    if (/\p{Script=Han}$/u.test(before)) continue;
    return { line: number, column: index + 1, character, isIndent: before.trim() === '' };
  }
  return null;
}

function explain({ line, column, character }: Found): PlanProblem {
  if (spaces.includes(character)) return problemOnLine(line, 'fullwidth-space', { column });
  const wanted = lookAlikes[character] ?? String.fromCharCode(character.charCodeAt(0) - 0xfee0);
  return problemOnLine(line, 'fullwidth-character', { column, character, wanted });
}
