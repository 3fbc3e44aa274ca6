import type { OperationDefinition } from './definition.ts';
import { cordonAndDrain, deleteNode, drainOptions, kubeadmReset, removeMember } from './removal.ts';

export const retire: OperationDefinition = {
  name: { en: 'retire', zh: '退役' },
  summary: { en: 'Remove a host from the cluster permanently', zh: '将主机永久移出集群' },
  options: drainOptions,
  dangerous: true,
  parts: ['step-aside', 'cordon', 'drain', 'remove-member', 'delete-node', 'reset', 'uninstall', 'step-back'],
  holdReason: (by) => ({ en: `being retired by ${by}`, zh: `${by} 正在退役该主机` }),
  effects: (host) => [
    cordonAndDrain,
    removeMember,
    deleteNode,
    kubeadmReset(host),
    { en: 'The muster agent is uninstalled', zh: '卸载 muster 代理' },
    {
      en: `${host} is refused until muster readmit ${host}`,
      zh: `在执行 muster readmit ${host} 之前，${host} 无法再接入`,
    },
  ],
  answer: (host) => ({ en: `${host} is being retired`, zh: `正在让 ${host} 退役` }),
};
