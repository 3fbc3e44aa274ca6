import type { OperationDefinition } from './definition.ts';
import { beingRemoved, cordonAndDrain, deleteNode, drainOptions, kubeadmReset, removeMember } from './removal.ts';

export const reset: OperationDefinition = {
  name: { en: 'reset', zh: '重置' },
  summary: {
    en: 'Remove a host from the cluster, reset it and let it rejoin',
    zh: '将主机移出集群并重置，然后重新加入集群',
  },
  options: drainOptions,
  dangerous: true,
  parts: ['step-aside', 'cordon', 'drain', 'remove-member', 'delete-node', 'reset', 'join', 'step-back'],
  holdReason: beingRemoved,
  effects: (host) => [
    cordonAndDrain,
    removeMember,
    deleteNode,
    kubeadmReset(host),
    { en: `${host} joins the cluster again`, zh: `${host} 重新加入集群` },
  ],
  answer: (host) => ({ en: `${host} is being reset`, zh: `正在重置 ${host}` }),
};
