import { MusterError } from '../../../shared/errors/errors.ts';
import { happened } from '../words.ts';
import { type ActionHandler, no } from './definition.ts';

export const pick: ActionHandler = {
  refusal: ({ host, doubtful }) => (doubtful ? null : no(new MusterError('not-cloned', { host }))),
  perform({ host, by, at, machines, store, request: { machine = '' } }) {
    machines.pick(host, machine);
    store.events.add(at, 'machine-picked', host, happened.picked(by, machine));
  },
};
