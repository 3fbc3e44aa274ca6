import { MusterError } from '../../../shared/errors/errors.ts';
import { type ActionHandler, no } from './definition.ts';

export const cancel: ActionHandler = {
  refusal: ({ host, operation }) =>
    operation === undefined || operation.outcome === 'cancelled' ? no(new MusterError('no-operation', { host })) : null,
  perform({ host, cancel: end, store }) {
    const open = store.operations.openOf(host);
    if (open === undefined) return;
    end(open);
    if (open.kind === 'retire') store.intents.clear(host);
  },
};
