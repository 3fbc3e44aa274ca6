import type { StepResult } from '../../shared/protocol/report.ts';
import type { EndedStep } from '../store/news.ts';
import type { Store } from '../store/store.ts';

/**
 * Detects which steps a report has ended, each once. Results in the store at the first report of a host count as known,
 * so a restart of the coordinator counts nothing twice.
 */
export function createEndedSteps(store: Pick<Store, 'observations'>) {
  const known = new Map<string, ReadonlyMap<string, string>>();

  return {
    /** Call before the report is stored; call the returned function afterwards. */
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

/** State and end time of each ended step. */
function endsOf(steps: readonly StepResult[]): ReadonlyMap<string, string> {
  const over = steps.filter(({ state, endedAt }) => (state === 'done' || state === 'failed') && endedAt !== null);
  return new Map(over.map(({ id, state, endedAt }) => [id, `${state} ${endedAt}`]));
}

function ended({ id, state, startedAt, endedAt, attempts }: StepResult): EndedStep {
  const applied = attempts > 0 && startedAt !== null && endedAt !== null;
  const seconds = applied ? Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : null;
  return { id, state: state === 'failed' ? 'failed' : 'done', seconds };
}
