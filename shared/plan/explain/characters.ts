import { problemOnLine, quoted } from '../document.ts';
import type { PlanProblem } from '../problem.ts';
import { isRequiredCode } from '../problems/required.ts';

/** Characters of Chinese input methods and word processors -> what YAML needs in their place. */
const lookAlikes: Readonly<Record<string, string>> = {
  ...{ '、': ',', '。': '.', '｡': '.', '·': '.', '・': '.' },
  ...{ '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '「': '"', '」': '"', '『': '"', '』': '"' },
  ...{ '‘': "'", '’': "'", '‚': "'", '‹': "'", '›': "'" },
  ...{ '【': '[', '】': ']', '〔': '[', '〕': ']' },
  ...{ '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-' },
};
const letter = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}]/u;

interface Found {
  line: number;
  column: number;
  character: string;
  /** Nothing but white space precedes it: YAML takes the line for a continuation of the one above. */
  isIndent: boolean;
  code: 'fullwidth-character' | 'fullwidth-space' | 'invisible-character' | 'foreign-letter';
}

/**
 * Replaces the problems of a line with a character that YAML does not take for the one it looks like by that one, and
 * leaves out errors of the syntax that follow from it.
 */
export function explainCharacters(text: string, problems: readonly PlanProblem[]): PlanProblem[] {
  if (problems.length === 0) return [];
  const isSyntax = problems.some(({ code }) => code === 'yaml-invalid');
  const wrong = Map.groupBy(problems, ({ line }) => line);
  const found = text
    .split('\n')
    .flatMap((line, index) => findIn(line, index + 1, wrong.get(index + 1) ?? []) ?? [])
    .filter(({ line, isIndent, code }) => wrong.has(line) || isIndent || (isSyntax && code !== 'foreign-letter'));
  const lines = new Set(found.map(({ line }) => line));
  const first = found[0]?.line ?? Number.POSITIVE_INFINITY;
  const isMoved = found.some(({ isIndent }) => isIndent);
  const follows = ({ line, code, seen }: PlanProblem) =>
    (code === 'yaml-invalid' && line > first) || (isMoved && seen === null && isRequiredCode(code));
  const rest = problems.filter((problem) => !lines.has(problem.line) && !follows(problem));
  return [...found.map(explained), ...rest].sort((a, b) => a.line - b.line);
}

/**
 * The first such character of a line that is neither in a comment, nor part of Chinese text, nor in quotes, unless the
 * quoted value is a problem.
 */
function findIn(line: string, number: number, problems: readonly PlanProblem[]): Found | null {
  const isProblem = (value: string) => problems.some(({ seen }) => seen?.en === quoted(value));
  const bare = line
    .replace(/"(\\.|[^"\\])*"|'[^']*'/g, (value) => (isProblem(value.slice(1, -1)) ? value : ' '.repeat(value.length)))
    .replace(/(^|\s)#.*$/, '');
  for (const { 0: character, index } of bare.matchAll(/[^\t\x20-\x7e]/gu)) {
    const before = bare.slice(0, index);
    const code = codeOf(character);
    if (code === null || (code !== 'invisible-character' && /\p{Script=Han}$/u.test(before))) continue;
    return { line: number, column: index + 1, character, isIndent: before.trim() === '', code };
  }
  return null;
}

function codeOf(character: string): Found['code'] | null {
  if (/[\p{Zs}]/u.test(character)) return 'fullwidth-space';
  if (/[\p{C}\p{Zl}\p{Zp}\p{M}]/u.test(character)) return 'invisible-character';
  if (asciiOf(character) !== null) return 'fullwidth-character';
  return letter.test(character) ? 'foreign-letter' : null;
}

/** The ASCII character that another one stands for, such as a full-width or mathematical one; null: none. */
function asciiOf(character: string): string | null {
  const plain = lookAlikes[character] ?? character.normalize('NFKC');
  return /^[\x21-\x7e]$/.test(plain) ? plain : null;
}

function explained({ line, column, character, code }: Found): PlanProblem {
  const point = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  switch (code) {
    case 'fullwidth-space':
      return problemOnLine(line, code, { column });
    case 'invisible-character':
      return problemOnLine(line, code, { column, point });
    case 'foreign-letter':
      return problemOnLine(line, code, { column, character, point });
    case 'fullwidth-character':
      return problemOnLine(line, code, { column, character, point, wanted: asciiOf(character) ?? '' });
  }
}
