import type { ActionDefinition } from './definition.ts';

export const cancel: ActionDefinition = {
  name: { en: 'cancel operation', zh: '取消操作' },
  summary: { en: 'Cancel the running operation of a host', zh: '取消主机上正在进行的操作' },
  effects: (host) => [
    {
      en: `The operation on ${host} ends; completed parts stay, and a Node that still exists is uncordoned`,
      zh: `终止 ${host} 上正在进行的操作；已完成的部分保持不变，仍存在的节点会解除封锁`,
    },
  ],
  answer: (host) => ({ en: `the operation on ${host} is cancelled`, zh: `${host} 上的操作已取消` }),
};
