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

/** What of the catalogue matches, the most likely cause first: true causes before symptoms, and what programs said themselves before what is merely so. */
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
  /** What the texts may name beside what was found: the host's runtime, the cluster's endpoint. */
  values: Readonly<Record<string, string>>;
  automatic: Diagnosis['automatic'];
}

const shownLines = 8;

/** A failure that was found, as it goes over the wire. Other causes that match as well are named at the end of the evidence. */
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
    command: fill(failure.command, Object.fromEntries(Object.entries(known).map(([k, v]) => [k, shellWord(v)]))),
    where: failure.where,
    evidence: lines.slice(0, shownLines),
    automatic,
  };
}

/** A placeholder that nothing was found for stays in capitals, as in a manual. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name.toUpperCase());
}

/** What hosts print ends up in a command that a person pastes: nothing that a shell could read otherwise. */
function shellWord(value: string): string {
  return value.replace(/[^\w.,:/@%+=-]/g, '').replace(/^-+(?=[^-\w])/, '');
}

/** Lines in which programs complain, whatever they complain of. */
const complaint = /^[EF]\d{4} |\b(?:error|fatal|failed|panic|refused|denied|cannot|can't|unable)\b/i;

/** What is not in the catalogue, shown as it is: the last lines, and what the journals complained of in that time. */
export function describeUnknown(evidence: Evidence, { step, since }: Circumstances, host: string): Diagnosis {
  const complaints = [...evidence.kubelet, ...evidence.runtime].filter((line) => complaint.test(line)).slice(-5);
  return {
    id: 'unknown',
    step,
    since,
    title: { en: 'A failure that muster does not know', zh: 'muster 未知的故障' },
    cause: {
      en: 'Nothing that muster knows matches. Below are the last lines of what failed and what the journals complained of in that time.',
      zh: '没有匹配的已知故障。下面是失败步骤的最后几行输出以及同一时段日志中的错误。',
    },
    remedy: {
      en: 'muster cleans up and tries again. The bundle has everything that is needed to find out more.',
      zh: 'muster 会清理并重试。支持包包含进一步排查所需的全部信息。',
    },
    command: `muster support-bundle ${host}`,
    where: 'coordinator',
    evidence: [...evidence.output.slice(-6), ...complaints].slice(0, 12),
    automatic: null,
  };
}
