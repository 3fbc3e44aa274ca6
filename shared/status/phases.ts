import type { Phase } from '../protocol/status.ts';
import type { LocalText } from '../text/local-text.ts';

/** How a thing stands, for colour; always shown beside the word itself, never instead of it. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

interface Told {
  tone: Tone;
  /** As Kubernetes writes it where it has the word. */
  word: LocalText;
  /** What follows the host's name in a sentence. */
  sentence: LocalText;
}

/**
 * How each phase is told, the most urgent first: where a person is needed, then where something goes on, then what waits, then what is well.
 */
const phases: Readonly<Record<Phase, Told>> = {
  cloned: {
    tone: 'bad',
    word: { en: 'cloned', zh: '凭据被复制' },
    sentence: { en: 'is claimed by two machines with one credential', zh: '有两台机器使用同一份凭据' },
  },
  blocked: {
    tone: 'bad',
    word: { en: 'blocked', zh: '受阻' },
    sentence: { en: 'is blocked: a person has to mend something', zh: '被阻塞：需要人工处理' },
  },
  failed: {
    tone: 'bad',
    word: { en: 'failed', zh: '失败' },
    sentence: { en: 'has a step that failed', zh: '有步骤失败' },
  },
  silent: {
    tone: 'bad',
    word: { en: 'silent', zh: '失联' },
    sentence: { en: 'has not been heard of', zh: '失去联系' },
  },
  'not-ready': {
    tone: 'bad',
    word: { en: 'not Ready', zh: '未 Ready' },
    sentence: { en: 'is a node of the cluster that is not Ready', zh: '是集群节点，但不处于 Ready 状态' },
  },
  leaving: {
    tone: 'busy',
    word: { en: 'leaving', zh: '正在移出' },
    sentence: { en: 'is leaving the cluster', zh: '正在离开集群' },
  },
  unplanned: {
    tone: 'warn',
    word: { en: 'unplanned', zh: '不在计划中' },
    sentence: { en: 'is not in the plan any more', zh: '已不在计划中' },
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
    sentence: { en: 'is being prepared', zh: '正在准备' },
  },
  enrolled: {
    tone: 'busy',
    word: { en: 'enrolled', zh: '已接入' },
    sentence: { en: 'has enrolled, and its first report is awaited', zh: '已注册，正在等待首次报告' },
  },
  waiting: {
    tone: 'busy',
    word: { en: 'waiting', zh: '等待中' },
    sentence: { en: 'is prepared and waits', zh: '已准备好，正在等待' },
  },
  planned: {
    tone: 'idle',
    word: { en: 'planned', zh: '未接入' },
    sentence: { en: 'is in the plan and has not been seen yet', zh: '已列入计划，尚未出现' },
  },
  retired: {
    tone: 'idle',
    word: { en: 'retired', zh: '已退役' },
    sentence: { en: 'is retired and stays out', zh: '已退役，不再加入' },
  },
  ready: {
    tone: 'good',
    word: { en: 'Ready', zh: 'Ready' },
    sentence: { en: 'is a Ready node of the cluster', zh: '是集群中的 Ready 节点' },
  },
};

const order = Object.keys(phases);

/** Its place among all phases, to sort by: 0 is the most urgent. */
export function urgency(phase: Phase): number {
  return order.indexOf(phase);
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
