import {
  type ActionDefinition,
  busyWithAnother,
  isOut,
  no,
  onlyControlPlane,
  retired,
  unplanned,
} from './definition.ts';
import { cordonAndDrain, deleteNode, kubeadmReset } from './effects.ts';

export const reset: ActionDefinition = {
  dangerous: true,
  refusal(situation) {
    const { host, planned, enrolled, intent } = situation;
    if (isOut(situation)) return retired(situation);
    if (!planned) return unplanned(situation);
    if (!enrolled) {
      return no('not-enrolled', `${host} has not enrolled`, `${host} 尚未接入`, `muster token create ${host}`);
    }
    if (intent?.kind === 'paused') {
      return no('paused', `${host} is paused`, `${host} 已暂停`, `muster resume ${host}`);
    }
    return busyWithAnother('reset', situation) ?? onlyControlPlane(situation);
  },
  effects: (host) => [
    cordonAndDrain,
    deleteNode,
    kubeadmReset(host),
    { en: `${host} joins the cluster again`, zh: `${host} 重新加入集群` },
  ],
  answer: (host) => ({ en: `${host} is being reset`, zh: `正在重置 ${host}` }),
  perform: ({ begin }) => begin('reset'),
};
