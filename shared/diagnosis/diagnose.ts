import type { Diagnosis, ReportedDiagnosis } from '../protocol/diagnosis.ts';
import { placeholdersOf } from '../text/values.ts';
import type { Sign } from './clue.ts';
import type { Evidence } from './evidence.ts';
import type { Failure } from './failure.ts';
import { failures } from './failures/index.ts';

export interface Found {
  failure: Failure;
  signs: readonly Sign[];
}

/** The matching failures, most likely cause first: causes before symptoms, then by the weight of their signs. */
export function diagnose(evidence: Evidence, catalogue: readonly Failure[] = failures): Found[] {
  return catalogue
    .map((failure) => ({ failure, signs: failure.clues.flatMap((clue) => clue(evidence) ?? []) }))
    .filter(({ signs }) => signs.length > 0)
    .toSorted((a, b) => rank(b) - rank(a));
}

function rank({ failure, signs }: Found): number {
  return Math.max(...signs.map(({ weight }) => weight)) - (failure.symptom ? 10 : 0);
}

export interface Circumstances {
  step: Diagnosis['step'];
  /** ISO 8601. */
  since: string;
  /** Remaining attempts of the automatic remedy; null: it has none. */
  triesLeft: number | null;
}

const shownLines = 8;

/** Converts a match to what the host reports. */
export function reportFound({ failure, signs }: Found, about: Circumstances, evidence: Evidence): ReportedDiagnosis {
  const known: Record<string, string> = Object.assign({}, ...signs.toReversed().map((sign) => sign.values));
  const used = new Set(templatesOf(failure).flatMap(placeholdersOf));
  const lines = [...new Set([...evidence.output.slice(-1), ...signs.map(({ line }) => line)])];
  return {
    id: failure.id,
    ...about,
    values: Object.fromEntries(Object.entries(known).filter(([name]) => used.has(name))),
    evidence: lines.slice(0, shownLines),
  };
}

function templatesOf({ title, cause, remedy, next, command }: Failure): string[] {
  return [command, ...[title, cause, remedy, ...(next === undefined ? [] : [next])].map(({ en }) => en)];
}

/** Lines that report an error. */
const complaint = /^[EF]\d{4} |\b(?:error|fatal|failed|panic|refused|denied|cannot|can't|unable)\b/i;

/** A failure without a catalogue entry: the last output lines and the errors in the journals. */
export function reportUnknown(evidence: Evidence, about: Circumstances): ReportedDiagnosis {
  const complaints = [...evidence.kubelet, ...evidence.runtime].filter((line) => complaint.test(line)).slice(-5);
  const lines = [...evidence.output.slice(-6), ...complaints].slice(0, 12);
  return { id: 'unknown', ...about, values: {}, evidence: lines };
}
