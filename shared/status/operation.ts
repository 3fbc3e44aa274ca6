import type { Operation, OperationKind, OperationPart, PartId } from '../protocol/operation.ts';
import type { LocalText } from '../text/local-text.ts';

/** What each part of an operation does. */
export const partTitles: Record<PartId, LocalText> = {
  revoke: { en: 'Revoke the old machine’s credential', zh: '吊销旧机器的凭据' },
  cordon: { en: 'Cordon the node', zh: '将节点标记为不可调度' },
  drain: { en: 'Drain the node', zh: '腾空节点' },
  'delete-node': { en: 'Delete the Node object', zh: '删除 Node 对象' },
  reset: { en: 'Reset the host', zh: '重置主机' },
  uninstall: { en: 'Uninstall the agent', zh: '卸载代理' },
  enrol: { en: 'Enrol the new machine', zh: '接入新机器' },
  join: { en: 'Join the cluster and become Ready', zh: '加入集群并就绪' },
  uncordon: { en: 'Uncordon the node', zh: '恢复节点调度' },
};

export const kindNames: Record<OperationKind, LocalText> = {
  retire: { en: 'retire', zh: '退役' },
  reset: { en: 'reset', zh: '重置' },
  replace: { en: 'replace', zh: '更换' },
};

/** The part that the operation is at; undefined: it has ended. */
export function currentPart({ parts, endedAt }: Operation): OperationPart | undefined {
  if (endedAt !== null) return undefined;
  return parts.find(({ state }) => state === 'working' || state === 'failed');
}
