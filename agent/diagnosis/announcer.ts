import { isDeepStrictEqual } from 'node:util';
import { type Circumstances, describeFound, describeUnknown, type Found } from '../../shared/diagnosis/diagnose.ts';
import type { Evidence } from '../../shared/diagnosis/evidence.ts';
import { remedyTexts } from '../../shared/diagnosis/remedies.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Diagnosis } from '../../shared/protocol/diagnosis.ts';
import type { Reporter } from '../link/reporter.ts';

interface Parts {
  log: Logger;
  reporter: Pick<Reporter, 'tell'>;
  now(): Date;
}

/** Reports the current diagnosis; a cause found again keeps the time it was first found. */
export function createAnnouncer({ log, reporter, now }: Parts) {
  let current: Diagnosis | null = null;

  function announce(diagnosis: Diagnosis | null): void {
    const same = current !== null && diagnosis !== null && current.id === diagnosis.id;
    const next = same ? { ...diagnosis, since: current?.since ?? diagnosis.since } : diagnosis;
    if (isDeepStrictEqual(current, next)) return;
    if (next !== null && !same)
      log.warn(`${next.title.en}: ${next.cause.en}`, { diagnosis: next.id, command: next.command });
    current = next;
    reporter.tell({ diagnosis: next });
  }

  const about = (
    step: Diagnosis['step'],
    assignment: Assignment,
    automatic: Diagnosis['automatic'],
  ): Circumstances => ({
    step,
    since: now().toISOString(),
    values: valuesOf(assignment),
    automatic,
  });

  return {
    /** The step that the diagnosis is about; null: no diagnosis, or none about a step. */
    step: () => current?.step ?? null,
    /** `used`: attempts of its remedy so far, including the next one. */
    found(found: Found, evidence: Evidence, assignment: Assignment, used: number): void {
      announce(describeFound(found, about(evidence.step, assignment, automaticOf(found, used)), evidence));
    },
    unknown(evidence: Evidence, assignment: Assignment): void {
      announce(describeUnknown(evidence, about(evidence.step, assignment, null), assignment.host.name));
    },
    clear: () => announce(null),
  };
}

export type Announcer = ReturnType<typeof createAnnouncer>;

function valuesOf({ settings: { endpoint, runtime } }: Assignment): Record<string, string> {
  return { runtime: runtime.name, endpoint: `${endpoint.host}:${endpoint.port}` };
}

/** The failure's automatic remedy and the attempts left after `used`; null: it has none. */
export function automaticOf({ failure }: Found, used: number): Diagnosis['automatic'] {
  if (failure.automatic === undefined) return null;
  const { remedy, tries } = failure.automatic;
  return { text: remedyTexts[remedy], triesLeft: Math.max(0, tries - used) };
}
