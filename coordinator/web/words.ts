import { duration as localDuration } from '../../shared/duration.ts';
import type { Language, LocalText } from '../../shared/local-text.ts';
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
const phaseTexts: Record<Phase, LocalText> = {
  planned: { en: 'planned', zh: '未接入' },
  enrolled: { en: 'enrolled', zh: '已接入' },
  blocked: { en: 'blocked', zh: '受阻' },
  preparing: { en: 'preparing', zh: '准备中' },
  waiting: { en: 'waiting', zh: '等待中' },
  joining: { en: 'joining', zh: '加入中' },
  failed: { en: 'failed', zh: '失败' },
  ready: { en: 'Ready', zh: 'Ready' },
  'not-ready': { en: 'not Ready', zh: '未 Ready' },
  silent: { en: 'silent', zh: '失联' },
  paused: { en: 'paused', zh: '已暂停' },
  leaving: { en: 'leaving', zh: '正在移出' },
  retired: { en: 'retired', zh: '已退役' },
  cloned: { en: 'cloned', zh: '凭据被复制' },
  unplanned: { en: 'unplanned', zh: '不在计划中' },
};

export function phaseText(phase: Phase, language: Language = 'en'): string {
  return phaseTexts[phase][language];
}

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
