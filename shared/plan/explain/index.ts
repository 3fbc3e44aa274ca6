import type { PlanProblem } from '../problem.ts';
import { explainCharacters } from './characters.ts';
import { explainSpacing } from './spacing.ts';

/** Replaces problems whose cause is in how a line is typed by that cause, and leaves out those that follow from it. */
export function explain(text: string, problems: readonly PlanProblem[]): PlanProblem[] {
  if (problems.some(({ code }) => code === 'file-not-utf8')) return [...problems];
  return explainSpacing(text, explainCharacters(text, problems));
}
