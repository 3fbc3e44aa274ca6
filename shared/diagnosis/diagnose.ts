import { assumedManager, commandFor } from '../packages/index.ts';
import type { Diagnosis, ReportedDiagnosis } from '../protocol/diagnosis.ts';
import { placeholdersOf } from '../text/values.ts';
import type { Sign } from './clue.ts';
import type { Evidence } from './evidence.ts';
import type { Failure } from './failure.ts';
import { failures } from './failures/index.ts';
import { readLines, shortened } from './line.ts';

export interface Found {
  failure: Failure;
  signs: readonly Sign[];
}

/**
 * The failures that match and that no other match explains, most likely cause first: by the weight of their signs, then
 * in the catalogue's order.
 */
export function diagnose(evidence: Evidence, catalogue: readonly Failure[] = failures): Found[] {
  const [output = [], kubelet = [], runtime = [], containers = []] = sourcesOf(evidence);
  const reading = { evidence, lines: { output, kubelet, runtime, containers } };
  const found = catalogue
    .map((failure) => ({ failure, signs: failure.clues.flatMap((clue) => clue(reading) ?? []) }))
    .filter(({ signs }) => signs.length > 0);
  const last = found.filter((one) => !found.some((other) => explains(other, one)));
  // A symptom that explains a cause may follow from that cause's consequence.
  return (last.length > 0 ? last : found.filter((one) => !isSymptom(one))).toSorted(
    (a, b) => weightOf(b) - weightOf(a),
  );
}

const sourcesOf = ({ output, kubelet, runtime, containers }: Evidence) =>
  readLines(output, kubelet, runtime, containers);

/** A consequence of another failure, or a state that is normal for a while. */
export const isSymptom = ({ failure, signs }: Found): boolean =>
  failure.symptom === true || (signs.length > 0 && signs.every(({ symptom }) => symptom));

const names = (a: Found, b: Found) => a.failure.explains?.includes(b.failure.id) === true;

/** Any cause explains a symptom, unless that is always one and names the cause. */
function explains(one: Found, other: Found): boolean {
  if (isSymptom(one) === isSymptom(other)) return names(one, other);
  const [cause, symptom] = isSymptom(one) ? [other, one] : [one, other];
  return (symptom.failure.symptom === true && names(symptom, cause)) === (one === symptom);
}

const weightOf = ({ signs }: Found) => Math.max(...signs.map(({ weight }) => weight));

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
  return [
    commandFor(command, assumedManager),
    ...[title, cause, remedy, ...(next === undefined ? [] : [next])].map(({ en }) => en),
  ];
}

/** Lines that report an error. */
const complaint = /^[EF]\d{4} |\b(?:error|fatal|failed|panic|refused|denied|cannot|can't|unable)\b/i;

/** A failure without a catalogue entry: the last output lines and the errors in the journals. */
export function reportUnknown(evidence: Evidence, about: Circumstances): ReportedDiagnosis {
  const [, ...journals] = sourcesOf(evidence);
  const ofHost = journals.flat().filter(({ users }) => !users);
  const complaints = ofHost
    .map(({ shown }) => shown)
    .filter((line) => complaint.test(shortened(line)))
    .slice(-5);
  const lines = [...evidence.output.slice(-6), ...complaints].slice(0, 12);
  return { id: 'unknown', ...about, values: {}, evidence: lines };
}
