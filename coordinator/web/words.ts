import type { StepResult } from '../../shared/protocol/report.ts';
import type { HostStatus, Phase } from '../../shared/protocol/status.ts';

/** How a thing stands, for colour; always shown beside the word itself, never instead of it. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

const phaseTones: Record<Phase, Tone> = {
  planned: 'idle',
  enrolled: 'busy',
  blocked: 'bad',
  preparing: 'busy',
  waiting: 'busy',
  joining: 'busy',
  failed: 'bad',
  ready: 'good',
  'not-ready': 'bad',
  silent: 'bad',
  paused: 'warn',
  leaving: 'busy',
  retired: 'idle',
  cloned: 'bad',
  unplanned: 'warn',
};

export function phaseTone(phase: Phase): Tone {
  return phaseTones[phase];
}

/** As Kubernetes writes it where it has the word. */
export function phaseText(phase: Phase): string {
  if (phase === 'ready') return 'Ready';
  return phase === 'not-ready' ? 'not Ready' : phase;
}

/** "3 s", "4 min 10 s", "2 h 5 min", "3 d 4 h": the two largest units that say something. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const units: [string, number][] = [
    ['d', Math.floor(whole / 86_400)],
    ['h', Math.floor(whole / 3600) % 24],
    ['min', Math.floor(whole / 60) % 60],
    ['s', whole % 60],
  ];
  const first = units.findIndex(([, count]) => count > 0);
  if (first === -1) return '0 s';
  return units
    .slice(first, first + 2)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${count} ${unit}`)
    .join(' ');
}

/** "4 s ago", or "never". */
export function lastContact(host: Pick<HostStatus, 'secondsSinceContact'>): string {
  return host.secondsSinceContact === null ? 'never' : `${duration(host.secondsSinceContact)} ago`;
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
