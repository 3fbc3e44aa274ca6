import { MusterError } from '../../../shared/errors/errors.ts';
import {
  type ActionHandler,
  busyWithAnother,
  controlPlaneNeeded,
  isOut,
  no,
  retired,
  unplanned,
} from './definition.ts';

export const reset: ActionHandler = {
  refusal(situation) {
    const { host, planned, enrolled, intent } = situation;
    if (isOut(situation)) return retired(situation);
    if (!planned) return unplanned(situation);
    if (!enrolled) return no(new MusterError('host-not-enrolled', { host }));
    if (intent?.kind === 'paused') return no(new MusterError('paused', { host }));
    return busyWithAnother('reset', situation) ?? controlPlaneNeeded(situation);
  },
  perform: ({ begin }) => begin('reset'),
};
