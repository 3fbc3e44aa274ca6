import type { StepResult } from '../shared/protocol/report.ts';
import { stepTitle } from '../shared/steps/catalogue.ts';

interface DriftEvent {
  kind: 'drift-corrected' | 'drift-found';
  message: string;
}

/** What is told to people of the drifts in a report that were not in the one before. */
export function driftEvents(before: readonly StepResult[], reported: readonly StepResult[] = []): DriftEvent[] {
  return reported.flatMap(({ id, drift }): DriftEvent[] => {
    if (drift === undefined || before.find((step) => step.id === id)?.drift?.at === drift.at) return [];
    const what = `${stepTitle[id].en}: ${drift.seen}`;
    return drift.corrected
      ? [{ kind: 'drift-corrected', message: `drifted and put right: ${what}` }]
      : [{ kind: 'drift-found', message: `drifted, and left so as the plan says: ${what}` }];
  });
}
