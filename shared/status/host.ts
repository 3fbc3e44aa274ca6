import type { StepResult } from '../protocol/report.ts';
import type { HostStatus } from '../protocol/status.ts';
import { phaseTone } from './phases.ts';

type TitledStep = HostStatus['steps'][number];

/** The step that the host is at: the first that is not done; undefined when there is none left. */
export function currentStep(host: Pick<HostStatus, 'steps'>): TitledStep | undefined {
  return host.steps.find((step) => step.state !== 'done');
}

/** Seconds that the step took or, while it is being applied, has taken so far; null: it was never applied. */
export function stepSeconds(step: StepResult, now: number): number | null {
  if (step.startedAt === null) return null;
  const running = step.state === 'applying' || step.state === 'checking';
  if (!running && step.endedAt === null) return null;
  const end = running ? now : Date.parse(step.endedAt ?? '');
  return (end - Date.parse(step.startedAt)) / 1000;
}

/** Findings that a person has to fix, errors first; those that muster's own steps fix are left out. */
export function openFindings(host: Pick<HostStatus, 'findings'>): HostStatus['findings'] {
  const open = host.findings.filter((finding) => !finding.mends);
  return [...open.filter(({ level }) => level === 'error'), ...open.filter(({ level }) => level === 'warning')];
}

/** Why the host makes no progress; null where it does, and where one of its findings says so in more detail. */
export function stuckBecause(host: HostStatus): { summary: string; remedy: string } | null {
  if (phaseTone(host.phase) !== 'bad') return null;
  if (host.phase === 'blocked' && openFindings(host).some(({ level }) => level === 'error')) return null;
  return { summary: host.summary, remedy: host.remedy };
}
