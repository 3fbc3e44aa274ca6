import type { OperationDefinition } from './definition.ts';
import { cordonAndDrain, deleteNode, drainOptions, kubeadmReset, removeMember } from './removal.ts';

export const convert: OperationDefinition = {
  name: { en: 'convert', zh: '转换角色' },
  summary: {
    en: 'Change a host to its planned role; starts automatically when the plan changes the role of a node',
    zh: '让主机改为计划中的角色；计划更改节点角色时自动开始',
  },
  options: drainOptions,
  dangerous: true,
  parts: ['step-aside', 'cordon', 'drain', 'remove-member', 'delete-node', 'reset', 'join', 'step-back'],
  holdReason: (by) => ({ en: `role being changed by ${by}`, zh: `${by} 正在更改该主机的角色` }),
  effects: (host) => [
    cordonAndDrain,
    removeMember,
    deleteNode,
    kubeadmReset(host),
    { en: `${host} joins the cluster again in its planned role`, zh: `${host} 以计划中的角色重新加入集群` },
  ],
  answer: (host) => ({ en: `the role of ${host} is being changed`, zh: `正在更改 ${host} 的角色` }),
};
