import type { StepResult } from '../protocol/report.ts';
import type { HostStatus, Phase } from '../protocol/status.ts';
import type { LocalText } from '../text/local-text.ts';
import { phaseTone } from './phases.ts';

/** A step's message and remedy in all languages. */
export function textsOf({ message, remedy, zh }: StepResult): { message: LocalText; remedy: LocalText } {
  return { message: { en: message, zh: zh?.message ?? message }, remedy: { en: remedy, zh: zh?.remedy ?? remedy } };
}

type TitledStep = HostStatus['steps'][number];

/** The first step that is not done; undefined: all are. */
export function currentStep(host: Pick<HostStatus, 'steps'>): TitledStep | undefined {
  return host.steps.find((step) => step.state !== 'done');
}

/** Duration of a step in seconds, so far if it is running; null: never applied. `now`: ms since the epoch. */
export function stepSeconds(step: StepResult, now: number): number | null {
  if (step.startedAt === null) return null;
  const running = step.state === 'applying' || step.state === 'checking';
  if (!running && step.endedAt === null) return null;
  const end = running ? now : Date.parse(step.endedAt ?? '');
  return (end - Date.parse(step.startedAt)) / 1000;
}

/** Findings that need a person, errors first; excludes those that muster's steps fix. */
export function openFindings(host: Pick<HostStatus, 'findings'>): HostStatus['findings'] {
  const open = host.findings.filter((finding) => !finding.mends);
  return [...open.filter(({ level }) => level === 'error'), ...open.filter(({ level }) => level === 'warning')];
}

/** Why the host is stuck; null: it is not, or a finding explains it in more detail. */
export function stuckBecause(host: HostStatus): Pick<HostStatus, 'summary' | 'remedy'> | null {
  if (phaseTone(host.phase) !== 'bad') return null;
  if (host.phase === 'blocked' && openFindings(host).some(({ level }) => level === 'error')) return null;
  return { summary: host.summary, remedy: host.remedy };
}

interface Wanted {
  /** Absent: any. */
  phase?: Phase | undefined;
  /** A part of the name or address; absent or empty: any. */
  search?: string | undefined;
}

interface Candidate {
  name: string;
  address: string;
  phase: Phase;
}

/** Whether the coordinator, `muster` and the page show a host for this phase and search. */
export function selects({ phase: wanted, search = '' }: Wanted): (host: Candidate) => boolean {
  const text = search.trim().toLowerCase();
  return ({ name, address, phase }) =>
    (wanted === undefined || phase === wanted) && (name.includes(text) || address.includes(text));
}
