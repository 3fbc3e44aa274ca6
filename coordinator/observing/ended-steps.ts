import type { StepResult } from '../../shared/protocol/report.ts';
import type { EndedStep } from '../store/news.ts';
import type { Store } from '../store/store.ts';

/**
 * Tells which steps a report has brought to their end, each end once. What the store holds when a host is first heard of is known already,
 * so a restart of the coordinator counts nothing twice.
 */
export function createEndedSteps(store: Pick<Store, 'observations'>) {
  const known = new Map<string, ReadonlyMap<string, string>>();

  return {
    /** To be called before the report is stored; what it returns is to be called after. */
    look(host: string, steps: readonly StepResult[]): () => EndedStep[] {
      const before = known.get(host) ?? endsOf(store.observations.get(host, 'steps')?.value ?? []);
      const after = endsOf(steps);
      return () => {
        known.set(host, after);
        return steps.filter(({ id }) => after.has(id) && after.get(id) !== before.get(id)).map(ended);
      };
    },
  };
}

/** When and how each step ended that has ended. */
function endsOf(steps: readonly StepResult[]): ReadonlyMap<string, string> {
  const over = steps.filter(({ state, endedAt }) => (state === 'done' || state === 'failed') && endedAt !== null);
  return new Map(over.map(({ id, state, endedAt }) => [id, `${state} ${endedAt}`]));
}

function ended({ id, state, startedAt, endedAt, attempts }: StepResult): EndedStep {
  const applied = attempts > 0 && startedAt !== null && endedAt !== null;
  const seconds = applied ? Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : null;
  return { id, state: state === 'failed' ? 'failed' : 'done', seconds };
}
