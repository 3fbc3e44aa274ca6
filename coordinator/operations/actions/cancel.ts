import { type ActionHandler, no } from './definition.ts';

export const cancel: ActionHandler = {
  refusal: ({ host, operation }) =>
    operation === undefined || operation.outcome === 'cancelled'
      ? no('no-operation', `nothing is under way on ${host}`, `${host} 上没有正在进行的操作`, 'muster operations')
      : null,
  perform({ host, cancel: end, store }) {
    const open = store.operations.openOf(host);
    if (open === undefined) return;
    end(open);
    if (open.kind === 'retire') store.intents.clear(host);
  },
};
