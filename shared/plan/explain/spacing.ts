import { problemOnLine } from '../document.ts';
import type { PlanProblem } from '../problem.ts';
import { required } from '../problems/required.ts';

/** `key:value`, which YAML takes for text; not `https://…`. */
const tight = String.raw`(?<key>[A-Za-z][\w-]*):[^\s/].*`;
const line = new RegExp(String.raw`^\s*(?:- +)?${tight}$`);
const value = new RegExp(`^"${tight}"$`);
const unknownKey = new RegExp(String.raw`\["${tight}"\]$`);
const tightDash = /^\s*-[A-Za-z"'{][^:]*: /;

/** Replaces problems of a line without a space after a colon or a dash by that one. */
export function explainSpacing(text: string, problems: readonly PlanProblem[]): PlanProblem[] {
  const lines = text.split('\n');
  const causes = new Map<number, PlanProblem>();
  for (const problem of problems) {
    const cause = causeOf(problem, lines);
    if (cause !== null && !causes.has(cause.line)) causes.set(cause.line, cause);
  }
  const first = Math.min(...causes.keys());
  // Errors of the syntax follow from the first one.
  const rest = problems.filter(
    (problem) => !causes.has(problem.line) && !(problem.code === 'yaml-invalid' && problem.line > first),
  );
  return [...causes.values(), ...rest].sort((a, b) => a.line - b.line);
}

function causeOf({ code, line: number, path, seen }: PlanProblem, lines: readonly string[]): PlanProblem | null {
  const written = lines[number - 1] ?? '';
  if (code === 'yaml-invalid') {
    if (tightDash.test(written)) return problemOnLine(number, 'dash-without-space');
    return withoutSpace(number, line.exec(written));
  }
  if (code === 'key-unknown') return withoutSpace(number, unknownKey.exec(path));
  return takesMapping(code) ? withoutSpace(number, value.exec(seen?.en ?? '')) : null;
}

const takesMapping = (code: string) =>
  Object.hasOwn(required, code) && required[code as keyof typeof required].en.startsWith('a mapping');

function withoutSpace(number: number, match: RegExpExecArray | null): PlanProblem | null {
  const key = match?.groups?.key;
  return key === undefined ? null : problemOnLine(number, 'colon-without-space', { key });
}
