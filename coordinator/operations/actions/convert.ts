import { MusterError } from '../../../shared/errors/errors.ts';
import { type ActionHandler, busyWithAnother, isOut, no, retired, stateNeeded, unplanned } from './definition.ts';

export const convert: ActionHandler = {
  refusal(situation) {
    const { host, planned, intent, quorum, isOnlyControlPlane, hasPlannedRole } = situation;
    if (isOut(situation)) return retired(situation);
    if (!planned) return unplanned(situation);
    if (hasPlannedRole) return no(new MusterError('role-as-planned', { host }));
    if (intent?.kind === 'paused') return no(new MusterError('paused', { host }));
    if (isOnlyControlPlane) return no(new MusterError('last-control-plane', { host }));
    if (quorum !== null && quorum.healthy < quorum.needed) {
      return no(new MusterError('quorum-needs-host', { host, ...quorum }));
    }
    return stateNeeded(situation) ?? busyWithAnother('convert', situation);
  },
  perform: ({ begin }) => begin('convert'),
};
