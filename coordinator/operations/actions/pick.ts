import { happened } from '../words.ts';
import { type ActionHandler, no } from './definition.ts';

export const pick: ActionHandler = {
  refusal: ({ host, doubtful }) =>
    doubtful
      ? null
      : no(
          'not-cloned',
          `only one machine has ${host}’s credential`,
          `只有一台机器持有 ${host} 的凭据`,
          'muster status',
        ),
  perform({ host, by, at, machines, store, request: { machine = '' } }) {
    machines.pick(host, machine);
    store.events.add(at, 'machine-picked', host, happened.picked(by, machine));
  },
};
