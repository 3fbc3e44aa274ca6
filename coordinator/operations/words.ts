import { actionCatalogue, type OperationKind } from '../../shared/actions/catalogue.ts';
import { partTitles } from '../../shared/actions/parts.ts';
import type { DutyResult } from '../../shared/protocol/duty.ts';
import type { Operation, OperationPart } from '../../shared/protocol/operation.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

const nameOf = (kind: OperationKind): LocalText => actionCatalogue[kind].name;

type Outcome = NonNullable<Operation['outcome']>;

const outcomeNames: Record<Outcome, LocalText> = {
  done: { en: 'done', zh: '已完成' },
  cancelled: { en: 'cancelled', zh: '已取消' },
};

export const happened = {
  begun: (kind: OperationKind, by: string): LocalText => ({
    en: `${nameOf(kind).en} requested by ${by}`,
    zh: `${by} 请求${nameOf(kind).zh}`,
  }),
  part: (kind: OperationKind, { id, message }: OperationPart): LocalText => ({
    en: `${nameOf(kind).en}: ${partTitles[id].en}${message.en === '' ? '' : `: ${message.en}`}`,
    zh: `${nameOf(kind).zh}：${partTitles[id].zh}${message.zh === '' ? '' : `：${message.zh}`}`,
  }),
  ended: (kind: OperationKind, outcome: Outcome): LocalText => ({
    en: `${nameOf(kind).en}: ${outcomeNames[outcome].en}`,
    zh: `${nameOf(kind).zh}：${outcomeNames[outcome].zh}`,
  }),
  paused: (by: string, reason: string): LocalText => ({
    en: `paused by ${by}${reason === '' ? '' : `: ${reason}`}`,
    zh: `已由 ${by} 暂停${reason === '' ? '' : `：${reason}`}`,
  }),
  resumed: (by: string): LocalText => ({ en: `resumed by ${by}`, zh: `已由 ${by} 恢复` }),
  readmitted: (by: string): LocalText => ({ en: `readmitted by ${by}`, zh: `已由 ${by} 重新接纳` }),
  picked: (by: string, machine: string): LocalText => ({
    en: `${by} chose machine ${machine}`,
    zh: `${by} 选择了机器 ${machine}`,
  }),
  retired: {
    en: 'retired; muster’s changes are reverted, and its agent is removed',
    zh: '已退役；muster 的更改已还原，其代理已移除',
  },
};

/** Why a part is skipped, or what it waits for. */
export const reasons = {
  forced: { en: 'skipped (--force)', zh: '已跳过（--force）' },
  neverEnrolled: { en: 'skipped: no machine is enrolled as this host', zh: '已跳过：没有机器以该主机接入' },
  noCluster: { en: 'skipped: there is no cluster yet', zh: '已跳过：尚无集群' },
  clusterEnds: { en: 'skipped: only control plane; the cluster is lost', zh: '已跳过：唯一的控制平面；集群将丢失' },
  silent: {
    en: 'skipped: the host is silent. Next: it leaves the cluster when it reports again',
    zh: '已跳过：主机失联。之后主机恢复上报时会离开集群',
  },
  awaitHost: { en: 'waiting for the silent host', zh: '正在等待失联的主机' },
  awaitMachine: { en: 'waiting for the install command on the new machine', zh: '等待在新机器上运行安装命令' },
} satisfies Record<string, LocalText>;

/** "3 of 5 pods evicted; waiting for: default/web-1: Cannot evict pod as it would violate …". */
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
    en: `timed out after ${seconds} s${after(last.en, ': ')}`,
    zh: `${seconds} 秒后超时${after(last.zh, '：')}`,
  };
}
