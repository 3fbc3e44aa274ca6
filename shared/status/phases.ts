import type { Phase } from '../protocol/status.ts';
import type { LocalText } from '../text/local-text.ts';

/** Colour of a state, always shown together with its word. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

interface Told {
  tone: Tone;
  /** Kubernetes' term where one exists. */
  word: LocalText;
  /** Follows the host's name in a sentence. */
  sentence: LocalText;
}

/** Texts of the phases, most urgent first: those that need a person, then in progress, waiting, Ready. */
const phases: Readonly<Record<Phase, Told>> = {
  cloned: {
    tone: 'bad',
    word: { en: 'cloned', zh: '被克隆' },
    sentence: { en: 'is claimed by two machines with the same credential', zh: '被两台使用同一凭据的机器占用' },
  },
  blocked: {
    tone: 'bad',
    word: { en: 'blocked', zh: '受阻' },
    sentence: { en: 'is blocked by a failed check', zh: '被未通过的检查阻止' },
  },
  failed: {
    tone: 'bad',
    word: { en: 'failed', zh: '失败' },
    sentence: { en: 'has a failed step', zh: '有失败的步骤' },
  },
  silent: {
    tone: 'bad',
    word: { en: 'silent', zh: '失联' },
    sentence: { en: 'has been silent', zh: '已失联' },
  },
  'not-ready': {
    tone: 'bad',
    word: { en: 'not Ready', zh: '未 Ready' },
    sentence: { en: 'is a node of the cluster and is not Ready', zh: '是集群的节点，但未 Ready' },
  },
  leaving: {
    tone: 'busy',
    word: { en: 'leaving', zh: '离开中' },
    sentence: { en: 'is leaving the cluster', zh: '正在离开集群' },
  },
  unplanned: {
    tone: 'warn',
    word: { en: 'unplanned', zh: '不在计划中' },
    sentence: { en: 'is no longer in the plan', zh: '已不在计划中' },
  },
  paused: {
    tone: 'warn',
    word: { en: 'paused', zh: '已暂停' },
    sentence: { en: 'is paused by an operator', zh: '已被操作员暂停' },
  },
  joining: {
    tone: 'busy',
    word: { en: 'joining', zh: '加入中' },
    sentence: { en: 'is joining the cluster', zh: '正在加入集群' },
  },
  preparing: {
    tone: 'busy',
    word: { en: 'preparing', zh: '准备中' },
    sentence: { en: 'is being prepared for the cluster', zh: '正在为加入集群做准备' },
  },
  enrolled: {
    tone: 'busy',
    word: { en: 'enrolled', zh: '已接入' },
    sentence: { en: 'has enrolled and has not reported yet', zh: '已接入，尚未上报' },
  },
  waiting: {
    tone: 'busy',
    word: { en: 'waiting', zh: '等待中' },
    sentence: { en: 'is prepared and waiting', zh: '已准备好，正在等待' },
  },
  planned: {
    tone: 'idle',
    word: { en: 'planned', zh: '未接入' },
    sentence: { en: 'is in the plan and has not enrolled yet', zh: '已列入计划，尚未接入' },
  },
  retired: {
    tone: 'idle',
    word: { en: 'retired', zh: '已退役' },
    sentence: { en: 'is retired and does not rejoin', zh: '已退役，不会重新加入' },
  },
  ready: {
    tone: 'good',
    word: { en: 'Ready', zh: 'Ready' },
    sentence: { en: 'is a Ready node of the cluster', zh: '是集群中的 Ready 节点' },
  },
};

/** The most urgent first. */
export const phasesByUrgency = Object.keys(phases) as readonly Phase[];

/** Rank of a phase for sorting; 0 is the most urgent. */
export function urgency(phase: Phase): number {
  return phasesByUrgency.indexOf(phase);
}

/** "2 failed, 4998 Ready": the most urgent first. */
export function phasesText(counts: Partial<Record<Phase, number>>): LocalText {
  const counted = phasesByUrgency.flatMap((phase) => {
    const count = counts[phase];
    return count === undefined ? [] : [{ phase, count }];
  });
  return {
    en: counted.map(({ phase, count }) => `${count} ${phases[phase].word.en}`).join(', '),
    zh: counted.map(({ phase, count }) => `${phases[phase].word.zh} ${count}`).join('、'),
  };
}

export function phaseTone(phase: Phase): Tone {
  return phases[phase].tone;
}

export function phaseWord(phase: Phase): LocalText {
  return phases[phase].word;
}

export function phaseSentence(phase: Phase): LocalText {
  return phases[phase].sentence;
}
