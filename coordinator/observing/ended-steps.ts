import type { StepResult } from '../../shared/protocol/report.ts';
import type { EndedStep } from '../store/news.ts';

/** The steps that a report has ended; `before`: the steps of the report before it, from the store. */
export function endedSteps(before: readonly StepResult[], steps: readonly StepResult[]): EndedStep[] {
  const known = new Map(before.filter(isOver).map((step) => [step.id, endOf(step)]));
  return steps.filter((step) => isOver(step) && known.get(step.id) !== endOf(step)).map(ended);
}

const isOver = ({ state, endedAt }: StepResult): boolean =>
  (state === 'done' || state === 'failed') && endedAt !== null;

const endOf = ({ state, endedAt }: StepResult): string => `${state} ${endedAt}`;

function ended({ id, state, startedAt, endedAt, attempts }: StepResult): EndedStep {
  const applied = attempts > 0 && startedAt !== null && endedAt !== null;
  const seconds = applied ? Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : null;
  return { id, state: state === 'failed' ? 'failed' : 'done', seconds };
}
