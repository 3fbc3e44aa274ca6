import type { LocalText } from '../text/local-text.ts';
import type { Given, PlanProblemCode } from './problems/index.ts';

/** One problem of a plan. */
export interface PlanProblem {
  /** Stable, kebab-case. */
  code: string;
  /** Line number, starting at 1. */
  line: number;
  /** Such as `hosts[1].address`; '' for the whole file. */
  path: string;
  /** The value read, such as `"192.168.0.300"` or `a list`; null: none. */
  seen: LocalText | null;
  /** The observed and the required value. */
  message: LocalText;
}

/** Keys and list indexes from the root of the file. */
export type Path = readonly (string | number)[];

/** Reports a problem at a path; the line and the value read are looked up. */
export type Report = <C extends PlanProblemCode>(path: Path, code: C, ...given: Given<C>) => void;

/**
 * Formats one line per language: `cluster.yaml:12: hosts[1].address: "192.168.0.300" is invalid; required: an IPv4
 * address`.
 */
export function formatProblem(file: string, { line, path, message: { en, zh } }: PlanProblem): LocalText {
  return path === ''
    ? { en: `${file}:${line}: ${en}`, zh: `${file}:${line}: ${zh}` }
    : { en: `${file}:${line}: ${path}: ${en}`, zh: `${file}:${line}: ${path}: ${zh}` };
}

/** As `formatProblem`, marked as a warning. */
export function formatWarning(file: string, { line, path, message: { en, zh } }: PlanProblem): LocalText {
  return { en: `${file}:${line}: warning: ${path}: ${en}`, zh: `${file}:${line}: 警告：${path}: ${zh}` };
}

/** Formats each problem on its own line, with a leading line break. */
export function formatProblems(file: string, problems: readonly PlanProblem[]): LocalText {
  const lines = problems.map((problem) => formatProblem(file, problem));
  return { en: lines.map(({ en }) => `\n${en}`).join(''), zh: lines.map(({ zh }) => `\n${zh}`).join('') };
}

/** `hosts[1].address` for ['hosts', 1, 'address']. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}
