import { MusterError } from '../../../shared/errors/errors.ts';
import { happened } from '../words.ts';
import { type ActionHandler, busy, isOut, no, retired } from './definition.ts';

export const pause: ActionHandler = {
  refusal(situation) {
    const { host, intent, operation } = situation;
    if (isOut(situation)) return retired(situation);
    if (operation !== undefined) return busy(host, operation);
    return intent?.kind === 'paused' ? no(new MusterError('paused', { host })) : null;
  },
  perform({ host, by, at, store, request: { reason = '' } }) {
    store.intents.set({ host, kind: 'paused', reason, by, at });
    store.events.add(at, 'host-paused', host, happened.paused(by, reason));
  },
};
