import type { DutyResult } from '../../shared/protocol/duty.ts';
import type { Operation, OperationKind, OperationPart } from '../../shared/protocol/operation.ts';
import { kindNames, partTitles } from '../../shared/status/operation.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

type Outcome = NonNullable<Operation['outcome']>;

const outcomeNames: Record<Outcome, LocalText> = {
  done: { en: 'done', zh: '已完成' },
  cancelled: { en: 'cancelled', zh: '已取消' },
};

/** What the events say. */
export const happened = {
  begun: (kind: OperationKind, by: string): LocalText => ({
    en: `${kindNames[kind].en}, asked for by ${by}`,
    zh: `${kindNames[kind].zh}，由 ${by} 发起`,
  }),
  part: (kind: OperationKind, { id, message }: OperationPart): LocalText => ({
    en: `${kindNames[kind].en}: ${partTitles[id].en}${message.en === '' ? '' : `: ${message.en}`}`,
    zh: `${kindNames[kind].zh}：${partTitles[id].zh}${message.zh === '' ? '' : `：${message.zh}`}`,
  }),
  ended: (kind: OperationKind, outcome: Outcome): LocalText => ({
    en: `${kindNames[kind].en}: ${outcomeNames[outcome].en}`,
    zh: `${kindNames[kind].zh}：${outcomeNames[outcome].zh}`,
  }),
  paused: (by: string, reason: string): LocalText => ({
    en: `paused by ${by}${reason === '' ? '' : `: ${reason}`}`,
    zh: `已由 ${by} 暂停${reason === '' ? '' : `：${reason}`}`,
  }),
  resumed: (by: string): LocalText => ({ en: `resumed by ${by}`, zh: `已由 ${by} 恢复` }),
  readmitted: (by: string): LocalText => ({ en: `readmitted by ${by}`, zh: `已由 ${by} 重新接纳` }),
  picked: (by: string, machine: string): LocalText => ({
    en: `${by} picked the machine ${machine}`,
    zh: `${by} 选定了机器 ${machine}`,
  }),
  retired: { en: 'retired: its agent is gone, and it stays out', zh: '已退役：代理已卸载，主机不再加入' },
};

/** Why a part is skipped, or what it waits for. */
export const reasons = {
  forced: { en: 'left out, as asked with --force', zh: '按 --force 的要求略过' },
  neverEnrolled: { en: 'no machine of that name is enrolled', zh: '没有以该名称接入的机器' },
  noCluster: { en: 'there is no cluster yet', zh: '集群尚未建立' },
  clusterEnds: { en: 'it is the only control plane: the cluster ends with it', zh: '这是唯一的控制平面：集群随之终止' },
  silent: {
    en: 'the host is silent and was not waited for; it has to leave when it comes back',
    zh: '主机无响应，不再等待；恢复后仍须先离开集群',
  },
  awaitHost: { en: 'the host is silent: waiting for it', zh: '主机无响应：正在等待' },
  awaitMachine: { en: 'waiting for the new machine to run its line', zh: '等待在新机器上运行安装命令' },
} satisfies Record<string, LocalText>;

/** "3 of 5 pods evicted; waiting for: default/web-1: Cannot evict pod as it would violate the pod's disruption budget." */
export function progressText({ done, total, blocked }: Extract<DutyResult, { outcome: 'progress' }>): LocalText {
  const en = `${done} of ${total} pods evicted`;
  const zh = `已驱逐 ${done}/${total} 个 Pod`;
  if (blocked.length === 0) return { en, zh };
  const what = blocked.join('; ');
  return { en: `${en}; waiting for ${what}`, zh: `${zh}；等待 ${what}` };
}

export function timeUpText(seconds: number, last: LocalText): LocalText {
  const after = (text: string, join: string) => (text === '' ? '' : `${join}${text}`);
  return {
    en: `not done after ${seconds} s${after(last.en, ': ')}`,
    zh: `${seconds} 秒后仍未完成${after(last.zh, '：')}`,
  };
}
