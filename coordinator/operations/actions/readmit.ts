import { happened } from '../words.ts';
import { type ActionDefinition, busy, isOut, no, unplanned } from './definition.ts';

export const readmit: ActionDefinition = {
  invites: true,
  refusal(situation) {
    const { host, planned, operation } = situation;
    if (!isOut(situation)) {
      return no('not-retired', `${host} is not retired`, `${host} 没有退役`, `muster token create ${host}`);
    }
    if (operation !== undefined) return busy(host, operation);
    return planned ? null : unplanned(situation);
  },
  effects: (host) => [
    { en: `${host} may enrol again, with a new install command`, zh: `${host} 可以凭新的安装命令重新接入` },
  ],
  answer: (host) => ({ en: `${host} may enrol again`, zh: `${host} 可以重新接入` }),
  perform({ host, by, at, store }) {
    store.intents.clear(host);
    store.hosts.remove(host);
    store.events.add(at, 'host-readmitted', host, happened.readmitted(by));
  },
};
