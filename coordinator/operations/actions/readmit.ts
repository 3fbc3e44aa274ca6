import { MusterError } from '../../../shared/errors/errors.ts';
import { happened } from '../words.ts';
import { type ActionHandler, busy, isOut, no, unplanned } from './definition.ts';

export const readmit: ActionHandler = {
  refusal(situation) {
    const { host, planned, operation } = situation;
    if (!isOut(situation)) return no(new MusterError('not-retired', { host }));
    if (operation !== undefined) return busy(host, operation);
    return planned ? null : unplanned(situation);
  },
  perform({ host, by, at, store }) {
    store.intents.clear(host);
    store.hosts.remove(host);
    store.events.add(at, 'host-readmitted', host, happened.readmitted(by));
  },
};
