import { isDeepStrictEqual } from 'node:util';
import { describe, type Trusted } from '../../shared/diagnosis/describe.ts';
import { type Circumstances, type Found, reportFound, reportUnknown } from '../../shared/diagnosis/diagnose.ts';
import type { Evidence } from '../../shared/diagnosis/evidence.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { ReportedDiagnosis } from '../../shared/protocol/diagnosis.ts';
import type { Reporter } from '../link/reporter.ts';

interface Parts {
  log: Logger;
  reporter: Pick<Reporter, 'tell'>;
  now(): Date;
}

/** Reports the current diagnosis; a cause found again keeps the time it was first found. */
export function createAnnouncer({ log, reporter, now }: Parts) {
  /** undefined: nothing was reported since the agent started, so the coordinator may show an earlier one. */
  let current: ReportedDiagnosis | null | undefined;

  function announce(diagnosis: ReportedDiagnosis, assignment: Assignment): void {
    const same = current?.id === diagnosis.id;
    const next = same ? { ...diagnosis, since: current?.since ?? diagnosis.since } : diagnosis;
    if (isDeepStrictEqual(current, next)) return;
    if (!same) {
      const { title, cause, command } = describe(next, trustedOf(assignment));
      log.warn(`${title.en}: ${cause.en}`, { diagnosis: next.id, command });
    }
    current = next;
    reporter.tell({ diagnosis: next });
  }

  const about = (step: Circumstances['step'], triesLeft: number | null): Circumstances => ({
    step,
    since: now().toISOString(),
    triesLeft,
  });

  return {
    /** The step that the diagnosis is about; null: no diagnosis, or none about a step. */
    step: () => current?.step ?? null,
    /** `used`: attempts of its remedy so far, including the next one. */
    found(found: Found, evidence: Evidence, assignment: Assignment, used: number): void {
      announce(reportFound(found, about(evidence.step, triesLeftOf(found, used)), evidence), assignment);
    },
    unknown(evidence: Evidence, assignment: Assignment): void {
      announce(reportUnknown(evidence, about(evidence.step, null)), assignment);
    },
    clear(): void {
      if (current === null) return;
      current = null;
      reporter.tell({ diagnosis: null });
    },
  };
}

export type Announcer = ReturnType<typeof createAnnouncer>;

function trustedOf({ host, settings: { endpoint, runtime } }: Assignment): Trusted {
  return { host: host.name, runtime: runtime.name, endpoint: `${endpoint.host}:${endpoint.port}` };
}

/** Attempts of the failure's automatic remedy left after `used`; null: it has none. */
export function triesLeftOf({ failure }: Found, used: number): number | null {
  return failure.automatic === undefined ? null : Math.max(0, failure.automatic.tries - used);
}
