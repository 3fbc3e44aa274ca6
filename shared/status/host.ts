import { duration as localDuration } from '../duration.ts';
import type { StepResult } from '../protocol/report.ts';
import type { HostStatus } from '../protocol/status.ts';
import type { Language } from '../text/local-text.ts';
import { phaseTone } from './phases.ts';

/** "3 s", "4 min 10 s", "2 h 5 min", "3 d 4 h": the two largest units that say something. */
export function duration(seconds: number, language: Language = 'en'): string {
  return localDuration(seconds)[language];
}

/** "4 s ago", or "never". */
export function lastContact(host: Pick<HostStatus, 'secondsSinceContact'>, language: Language = 'en'): string {
  const { secondsSinceContact: seconds } = host;
  if (seconds === null) return { en: 'never', zh: '从未' }[language];
  const ago = localDuration(seconds);
  return { en: `${ago.en} ago`, zh: `${ago.zh}前` }[language];
}

type TitledStep = HostStatus['steps'][number];

/** The step that the host is at: the first that is not done; undefined when there is none left. */
export function currentStep(host: Pick<HostStatus, 'steps'>): TitledStep | undefined {
  return host.steps.find((step) => step.state !== 'done');
}

/** Seconds that the step took or, while it is being applied, has taken so far; null: it was never applied. */
export function stepSeconds(step: StepResult, now: string): number | null {
  if (step.startedAt === null) return null;
  const running = step.state === 'applying' || step.state === 'checking';
  const end = running ? now : step.endedAt;
  return end === null ? null : (Date.parse(end) - Date.parse(step.startedAt)) / 1000;
}

/** Findings that a person has to mend, errors first; what muster's own steps mend is not among them. */
export function openFindings(host: Pick<HostStatus, 'findings'>): HostStatus['findings'] {
  const open = host.findings.filter((finding) => !finding.mends);
  return [...open.filter(({ level }) => level === 'error'), ...open.filter(({ level }) => level === 'warning')];
}

/** Why the host is not getting on; null where it is, and where an error among its findings says the same at greater length. */
export function stuckBecause(host: HostStatus): { summary: string; remedy: string } | null {
  if (phaseTone(host.phase) !== 'bad') return null;
  if (host.phase === 'blocked' && openFindings(host).some(({ level }) => level === 'error')) return null;
  return { summary: host.summary, remedy: host.remedy };
}
