import type { Found } from '../../shared/diagnosis/diagnose.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';

/** How long a wait lasts, in ms, before a cause, a symptom, and nothing known is worth reporting: some wait is usual. */
const patience = { cause: 15_000, symptom: 60_000, unknown: 180_000 };
/** How far back journals are read, in ms: what they said before has been resolved since. */
export const waitWindow = 45_000;
/** Collecting evidence starts programs, so not each of the second-long looks of a wait does it. */
const lookEvery = 8000;

/** A step's wait. Times in ms since the epoch; `lookedAt` 0: evidence has not been collected yet. */
export interface Wait {
  step: StepId;
  since: number;
  lookedAt: number;
}

/** The same wait, or a new one where another step waits. */
export const waitOf = (before: Wait | null, step: StepId, now: number): Wait =>
  before?.step === step ? before : { step, since: now, lookedAt: 0 };

export const isLookDue = ({ since, lookedAt }: Wait, now: number): boolean =>
  now - since >= patience.cause && now - lookedAt >= lookEvery;

/** From when on journals tell of this wait. */
export const evidenceSince = ({ since }: Wait, now: number): Date => new Date(Math.max(since, now - waitWindow));

/** What to do with what was found after a wait of `lasted` ms. */
export function verdictOf(found: Found | undefined, lasted: number): 'treat' | 'report-unknown' | 'nothing' {
  if (found === undefined) return lasted >= patience.unknown ? 'report-unknown' : 'nothing';
  return !found.failure.symptom || lasted >= patience.symptom ? 'treat' : 'nothing';
}
