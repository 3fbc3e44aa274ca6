import { happened } from '../words.ts';
import { type ActionDefinition, no } from './definition.ts';

export const pick: ActionDefinition = {
  dangerous: true,
  refusal: ({ host, doubtful }) =>
    doubtful
      ? null
      : no(
          'not-cloned',
          `only one machine has ${host}’s credential`,
          `只有一台机器持有 ${host} 的凭据`,
          'muster status',
        ),
  effects: (host) => [
    {
      en: `One machine stays ${host}; the other is refused until it enrols with an install command of its own`,
      zh: `其中一台机器继续作为 ${host}；另一台会被拒绝，直到用它自己的安装命令重新接入`,
    },
  ],
  answer: (host) => ({
    en: `one machine stays ${host}, the other is refused`,
    zh: `已选定 ${host} 的机器，另一台被拒绝`,
  }),
  perform({ host, by, at, machines, store, request: { machine = '' } }) {
    machines.pick(host, machine);
    store.events.add(at, 'machine-picked', host, happened.picked(by, machine));
  },
};
