import type { Diagnosis } from '../protocol/diagnosis.ts';
import type { LocalText } from '../text/local-text.ts';
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
  /** Values for texts that no clue provides: the host's runtime, the cluster's endpoint. */
  values: Readonly<Record<string, string>>;
  automatic: Diagnosis['automatic'];
}

const shownLines = 8;

/** Converts a match to the protocol's diagnosis. */
export function describeFound(
  { failure, signs }: Found,
  { step, since, values, automatic }: Circumstances,
  evidence: Evidence,
): Diagnosis {
  const known: Record<string, string> = {
    ...values,
    ...Object.assign({}, ...signs.toReversed().map((sign) => sign.values)),
  };
  const text = (template: LocalText): LocalText => ({ en: fill(template.en, known), zh: fill(template.zh, known) });
  const lines = [...new Set([...evidence.output.slice(-1), ...signs.map(({ line }) => line)])];
  return {
    id: failure.id,
    step,
    since,
    title: text(failure.title),
    cause: text(failure.cause),
    remedy: text(failure.remedy),
    ...(failure.next === undefined ? {} : { next: text(failure.next) }),
    command: fill(failure.command, Object.fromEntries(Object.entries(known).map(([k, v]) => [k, shellWord(v)]))),
    where: failure.where,
    evidence: lines.slice(0, shownLines),
    automatic,
  };
}

/** Fills in values; a placeholder without a value becomes upper case, as in a manual. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name.toUpperCase());
}

/**
 * Output of hosts becomes part of a command that the operator pastes, so only characters without meaning to a shell
 * stay.
 */
function shellWord(value: string): string {
  return value.replace(/[^\w.,:/@%+=-]/g, '').replace(/^-+(?=[^-\w])/, '');
}

/** Lines that report an error. */
const complaint = /^[EF]\d{4} |\b(?:error|fatal|failed|panic|refused|denied|cannot|can't|unable)\b/i;

/** A diagnosis without a catalogue entry: the last output lines and the errors in the journals. */
export function describeUnknown(evidence: Evidence, { step, since }: Circumstances, host: string): Diagnosis {
  const complaints = [...evidence.kubelet, ...evidence.runtime].filter((line) => complaint.test(line)).slice(-5);
  return {
    id: 'unknown',
    step,
    since,
    title: { en: 'Unknown failure', zh: '未知故障' },
    cause: {
      en: 'No known failure matches. The last lines of output and the errors in the journals of that time are shown below.',
      zh: '没有匹配的已知故障。下面显示最后几行输出以及同一时段日志中的错误。',
    },
    remedy: {
      en: 'Create a support bundle for further analysis. Next: muster cleans up and retries.',
      zh: '创建支持包以便进一步分析。之后 muster 会清理并重试。',
    },
    command: `muster support-bundle ${host}`,
    where: 'coordinator',
    evidence: [...evidence.output.slice(-6), ...complaints].slice(0, 12),
    automatic: null,
  };
}
