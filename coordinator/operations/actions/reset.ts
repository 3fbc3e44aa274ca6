import { type ActionHandler, busyWithAnother, isOut, no, onlyControlPlane, retired, unplanned } from './definition.ts';

export const reset: ActionHandler = {
  refusal(situation) {
    const { host, planned, enrolled, intent } = situation;
    if (isOut(situation)) return retired(situation);
    if (!planned) return unplanned(situation);
    if (!enrolled) {
      return no('not-enrolled', `${host} has not enrolled`, `${host} 尚未接入`, `muster token create ${host}`);
    }
    if (intent?.kind === 'paused') {
      return no('paused', `${host} is paused`, `${host} 已暂停`, `muster resume ${host}`);
    }
    return busyWithAnother('reset', situation) ?? onlyControlPlane(situation);
  },
  perform: ({ begin }) => begin('reset'),
};
