import { type ActionDefinition, no } from './definition.ts';

export const cancel: ActionDefinition = {
  refusal: ({ host, operation }) =>
    operation === undefined || operation.outcome === 'cancelled'
      ? no('no-operation', `nothing is under way on ${host}`, `${host} 上没有正在进行的操作`, 'muster operations')
      : null,
  effects: (host) => [
    {
      en: `The operation on ${host} ends; completed parts stay, and a Node that still exists is uncordoned`,
      zh: `终止 ${host} 上正在进行的操作；已完成的部分保持不变，仍存在的节点会解除封锁`,
    },
  ],
  answer: (host) => ({ en: `the operation on ${host} is cancelled`, zh: `${host} 上的操作已取消` }),
  perform({ host, cancel: end, store }) {
    const open = store.operations.openOf(host);
    if (open === undefined) return;
    end(open);
    if (open.kind === 'retire') store.intents.clear(host);
  },
};
