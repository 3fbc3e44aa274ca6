import { happened } from '../words.ts';
import { type ActionHandler, no } from './definition.ts';

export const resume: ActionHandler = {
  refusal: ({ host, intent }) =>
    intent?.kind === 'paused' ? null : no('not-paused', `${host} is not paused`, `${host} 没有暂停`, 'muster status'),
  perform({ host, by, at, store }) {
    store.intents.clear(host);
    store.events.add(at, 'host-resumed', host, happened.resumed(by));
  },
};
