import { happened } from '../words.ts';
import { type ActionDefinition, busy, isOut, no, retired } from './definition.ts';

export const pause: ActionDefinition = {
  refusal(situation) {
    const { host, intent, operation } = situation;
    if (isOut(situation)) return retired(situation);
    if (operation !== undefined) return busy(host, operation);
    return intent?.kind === 'paused'
      ? no('paused-already', `${host} is paused already`, `${host} 已经暂停`, `muster resume ${host}`)
      : null;
  },
  effects: (host) => [
    {
      en: `The agent on ${host} keeps observing and reporting, and changes nothing until it is resumed; running workloads are not affected`,
      zh: `${host} 上的代理只查看和上报，在恢复之前不作任何更改；正在运行的工作负载不受影响`,
    },
  ],
  answer: (host) => ({ en: `${host} is paused`, zh: `${host} 已暂停` }),
  perform({ host, by, at, store, request: { reason = '' } }) {
    store.intents.set({ host, kind: 'paused', reason, by, at });
    store.events.add(at, 'host-paused', host, happened.paused(by, reason));
  },
};
