import {
  type ActionHandler,
  busyWithAnother,
  controlPlaneNeeded,
  isOut,
  retired,
  stateNeeded,
  unplanned,
} from './definition.ts';

export const replace: ActionHandler = {
  refusal(situation) {
    if (isOut(situation)) return retired(situation);
    if (!situation.planned) return unplanned(situation);
    return busyWithAnother('replace', situation) ?? controlPlaneNeeded(situation) ?? stateNeeded(situation);
  },
  perform({ host, begin, store }) {
    begin('replace');
    store.intents.clear(host);
    store.hosts.remove(host);
  },
};
