import { type Found, isSymptom } from '../../shared/diagnosis/diagnose.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';

/**
 * How long a step must wait before a cause, a symptom or an unknown reason is reported, in ms. Short waits are normal.
 */
const patience = { cause: 15_000, symptom: 60_000, unknown: 180_000 };
/** How far back journals are read, in ms; older entries describe problems that are already resolved. */
export const waitWindow = 45_000;
/**
 * Minimum interval between collections, in ms: collecting evidence starts programs, while a wait is checked every
 * second.
 */
const lookEvery = 8000;

/** A step's wait. Times in ms since the epoch; `lookedAt` 0: no evidence collected yet. */
export interface Wait {
  step: StepId;
  since: number;
  lookedAt: number;
}

/** The same wait, or a new one if another step is waiting. */
export const waitOf = (before: Wait | null, step: StepId, now: number): Wait =>
  before?.step === step ? before : { step, since: now, lookedAt: 0 };

export const isLookDue = ({ since, lookedAt }: Wait, now: number): boolean =>
  now - since >= patience.cause && now - lookedAt >= lookEvery;

/** Start of the journal entries that belong to this wait. */
export const evidenceSince = ({ since }: Wait, now: number): Date => new Date(Math.max(since, now - waitWindow));

/** What to do with a result after a wait of `lasted` ms. */
export function verdictOf(found: Found | undefined, lasted: number): 'treat' | 'report-unknown' | 'nothing' {
  if (found === undefined) return lasted >= patience.unknown ? 'report-unknown' : 'nothing';
  return !isSymptom(found) || lasted >= patience.symptom ? 'treat' : 'nothing';
}
