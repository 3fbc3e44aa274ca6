import type { Operation, OperationKind, OperationPart, PartId } from '../protocol/operation.ts';
import type { LocalText } from '../text/local-text.ts';

/** The titles of an operation's parts. */
export const partTitles: Record<PartId, LocalText> = {
  revoke: { en: 'Revoke the old machine’s credential', zh: '吊销旧机器的凭据' },
  cordon: { en: 'Cordon the node', zh: '封锁节点' },
  drain: { en: 'Drain the node', zh: '腾空节点' },
  'delete-node': { en: 'Delete the Node object', zh: '删除 Node 对象' },
  reset: { en: 'Reset the host', zh: '重置主机' },
  uninstall: { en: 'Uninstall the agent', zh: '卸载代理' },
  enrol: { en: 'Enrol the new machine', zh: '接入新机器' },
  join: { en: 'Join the cluster and become Ready', zh: '加入集群并变为 Ready' },
  uncordon: { en: 'Uncordon the node', zh: '解除封锁节点' },
};

export const kindNames: Record<OperationKind, LocalText> = {
  retire: { en: 'retire', zh: '退役' },
  reset: { en: 'reset', zh: '重置' },
  replace: { en: 'replace', zh: '更换' },
};

/** The current part; undefined: the operation has ended. */
export function currentPart({ parts, endedAt }: Operation): OperationPart | undefined {
  if (endedAt !== null) return undefined;
  return parts.find(({ state }) => state === 'working' || state === 'failed');
}
