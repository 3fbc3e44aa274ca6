import { MusterError } from '../../../shared/errors/errors.ts';
import { happened } from '../words.ts';
import { type ActionHandler, no } from './definition.ts';

export const resume: ActionHandler = {
  refusal: ({ host, intent }) => (intent?.kind === 'paused' ? null : no(new MusterError('not-paused', { host }))),
  perform({ host, by, at, store }) {
    store.intents.clear(host);
    store.events.add(at, 'host-resumed', host, happened.resumed(by));
  },
};
