import type { LocalText } from '../text/local-text.ts';

/**
 * Parts of operations and their titles, by executor. `step-aside`, `cordon`, `drain`, `remove-member`, `delete-node`,
 * `step-back`, `uncordon`: a control plane's agent; `reset`, `uninstall`: the host's agent; `revoke`: the coordinator;
 * `enrol`, `join`: completed once observed.
 */
export const partTitles = {
  revoke: { en: 'Revoke the old machine’s credential', zh: '吊销旧机器的凭据' },
  'step-aside': { en: 'Acquire the Lease for removing a control plane', zh: '获取移除控制平面的租约' },
  cordon: { en: 'Cordon the node', zh: '封锁节点' },
  drain: { en: 'Drain the node', zh: '腾空节点' },
  'remove-member': { en: 'Remove the member from etcd', zh: '从 etcd 移除该成员' },
  'delete-node': { en: 'Delete the Node object', zh: '删除 Node 对象' },
  reset: { en: 'Reset the host', zh: '重置主机' },
  uninstall: { en: 'Revert muster’s changes and release the host', zh: '还原 muster 的更改并释放主机' },
  enrol: { en: 'Enrol the new machine', zh: '接入新机器' },
  join: { en: 'Join the cluster and become Ready', zh: '加入集群并变为 Ready' },
  'step-back': { en: 'Release the Lease for removing a control plane', zh: '释放移除控制平面的租约' },
  uncordon: { en: 'Uncordon the node', zh: '解除节点的封锁' },
} satisfies Record<string, LocalText>;

export type PartId = keyof typeof partTitles;

/** Parts that only control planes of a cluster with several need. */
export const controlPlaneParts: readonly PartId[] = ['step-aside', 'remove-member', 'step-back'];

export const partIds = Object.keys(partTitles) as PartId[];
