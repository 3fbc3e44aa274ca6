import type { StepResult } from '../../shared/protocol/report.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import type { Journal } from './journal.ts';
import { describe } from './runner.ts';

/** Where each step of this host stands, in order, as the coordinator is told. */
export interface StepTable {
  /** Begins anew with these steps, where they differ from those before. */
  plan(ids: readonly StepId[]): void;
  set(result: StepResult): void;
  /** What comes after a step that waits or failed has not been looked at. */
  pendingAfter(id: StepId): void;
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
      // A look at a step that has been looked at before is no news; what it finds may be.
      if (result.state === 'checking' && before !== undefined && before.state !== 'pending') return;
      const found = result.state === 'done' && result.startedAt === null;
      const at = before?.state === 'done' ? before.endedAt : now().toISOString();
      const times = found ? { startedAt: at, endedAt: at } : {};
      rows.set(result.id, { ...result, ...times, ...(drift === undefined ? {} : { drift }) });
    },
    pendingAfter(id) {
      const ids = [...rows.keys()];
      for (const later of ids.slice(ids.indexOf(id) + 1)) rows.set(later, describe(later, journal, 'pending'));
    },
    rows: () => [...rows.values()],
  };
}
