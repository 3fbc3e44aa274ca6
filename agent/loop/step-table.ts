import type { StepResult } from '../../shared/protocol/report.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import type { Journal } from './journal.ts';
import { describe } from './runner.ts';

/** State of all steps of this host, in order, as reported to the coordinator. */
export interface StepTable {
  /** Starts over with these steps; known rows are kept. */
  plan(ids: readonly StepId[]): void;
  set(result: StepResult): void;
  /** Marks steps that the round did not reach as pending. */
  pending(ids: readonly StepId[]): void;
  rows(): StepResult[];
}

export function createStepTable(journal: Journal, now: () => Date): StepTable {
  let rows = new Map<StepId, StepResult>();

  return {
    plan(ids) {
      rows = new Map(ids.map((id) => [id, rows.get(id) ?? describe(id, journal, 'pending')]));
    },
    set(result) {
      const before = rows.get(result.id);
      const drift = result.drift ?? before?.drift;
      // Checking a known step again is not reported; only its result may be.
      if (result.state === 'checking' && before !== undefined && before.state !== 'pending') return;
      const found = result.state === 'done' && result.startedAt === null;
      const at = before?.state === 'done' ? before.endedAt : now().toISOString();
      const times = found ? { startedAt: at, endedAt: at } : {};
      rows.set(result.id, { ...result, ...times, ...(drift === undefined ? {} : { drift }) });
    },
    pending(ids) {
      for (const id of ids) rows.set(id, describe(id, journal, 'pending'));
    },
    rows: () => [...rows.values()],
  };
}
