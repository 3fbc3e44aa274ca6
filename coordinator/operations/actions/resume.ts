import { happened } from '../words.ts';
import { type ActionDefinition, no } from './definition.ts';

export const resume: ActionDefinition = {
  refusal: ({ host, intent }) =>
    intent?.kind === 'paused' ? null : no('not-paused', `${host} is not paused`, `${host} 没有暂停`, 'muster status'),
  effects: (host) => [{ en: `The agent on ${host} makes changes again`, zh: `${host} 上的代理恢复工作` }],
  answer: (host) => ({ en: `${host} is resumed`, zh: `${host} 已恢复工作` }),
  perform({ host, by, at, store }) {
    store.intents.clear(host);
    store.events.add(at, 'host-resumed', host, happened.resumed(by));
  },
};
