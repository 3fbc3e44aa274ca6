import type { OperationDefinition } from './definition.ts';
import { beingRemoved, deleteNode, removeMember } from './removal.ts';

export const replace: OperationDefinition = {
  name: { en: 'replace', zh: '更换' },
  summary: {
    en: 'Replace a host’s machine; prints the install command',
    zh: '更换主机的机器；打印安装命令',
  },
  options: [
    { flags: '--force', text: { en: 'Also replace the only control plane', zh: '即使是唯一的控制平面也更换' } },
  ],
  dangerous: true,
  invites: true,
  parts: ['revoke', 'step-aside', 'remove-member', 'delete-node', 'enrol', 'join', 'step-back'],
  holdReason: beingRemoved,
  effects: (host) => [
    {
      en: `The credential of the machine that is ${host} now is revoked at once; its pods are not evicted first`,
      zh: `立即吊销当前作为 ${host} 的机器的凭据，Pod 不会先行驱逐`,
    },
    removeMember,
    deleteNode,
    {
      en: `A new machine becomes ${host} with the printed install command, which works once`,
      zh: `新机器运行打印出的安装命令后成为 ${host}，该命令只能使用一次`,
    },
  ],
  answer: (host) => ({ en: `${host} waits for its new machine`, zh: `${host} 正在等待新机器` }),
};
