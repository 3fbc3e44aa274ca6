import { type ActionHandler, busyWithAnother, controlPlaneNeeded, isOut, retired, stateNeeded } from './definition.ts';

export const retire: ActionHandler = {
  refusal(situation) {
    if (isOut(situation) && situation.operation === undefined) return retired(situation);
    return busyWithAnother('retire', situation) ?? controlPlaneNeeded(situation) ?? stateNeeded(situation);
  },
  perform({ host, by, at, begin, store, request: { reason = '' } }) {
    begin('retire');
    // Without an enrolled machine, nothing has to leave.
    const isGone = store.hosts.get(host) === undefined;
    store.intents.set({ host, kind: isGone ? 'retired' : 'leaving', reason, by, at });
  },
};
