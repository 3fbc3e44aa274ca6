import type { LocalText } from '../text/local-text.ts';

/**
 * Parts of operations and their titles, by executor. `cordon`, `drain`, `delete-node`, `uncordon`: a control plane's
 * agent; `reset`, `uninstall`: the host's agent; `revoke`: the coordinator; `enrol`, `join`: completed once observed.
 */
export const partTitles = {
  revoke: { en: 'Revoke the old machine’s credential', zh: '吊销旧机器的凭据' },
  cordon: { en: 'Cordon the node', zh: '封锁节点' },
  drain: { en: 'Drain the node', zh: '腾空节点' },
  'delete-node': { en: 'Delete the Node object', zh: '删除 Node 对象' },
  reset: { en: 'Reset the host', zh: '重置主机' },
  uninstall: { en: 'Revert muster’s changes and release the host', zh: '还原 muster 的更改并释放主机' },
  enrol: { en: 'Enrol the new machine', zh: '接入新机器' },
  join: { en: 'Join the cluster and become Ready', zh: '加入集群并变为 Ready' },
  uncordon: { en: 'Uncordon the node', zh: '解除封锁节点' },
} satisfies Record<string, LocalText>;

export type PartId = keyof typeof partTitles;
export const partIds = Object.keys(partTitles) as PartId[];
