import { type ActionDefinition, busyWithAnother, isOut, onlyControlPlane, retired } from './definition.ts';
import { cordonAndDrain, deleteNode, kubeadmReset } from './effects.ts';

export const retire: ActionDefinition = {
  dangerous: true,
  refusal(situation) {
    if (isOut(situation) && situation.operation === undefined) return retired(situation);
    return busyWithAnother('retire', situation) ?? onlyControlPlane(situation);
  },
  effects: (host) => [
    cordonAndDrain,
    deleteNode,
    kubeadmReset(host),
    { en: 'The muster agent is uninstalled', zh: '卸载 muster 代理' },
    {
      en: `${host} is refused until muster readmit ${host}`,
      zh: `在执行 muster readmit ${host} 之前，${host} 无法再接入`,
    },
  ],
  answer: (host) => ({ en: `${host} is being retired`, zh: `正在让 ${host} 退役` }),
  perform({ host, by, at, begin, store, request: { reason = '' } }) {
    begin('retire');
    // Where no machine is enrolled, none has to leave.
    const isGone = store.hosts.get(host) === undefined;
    store.intents.set({ host, kind: isGone ? 'retired' : 'leaving', reason, by, at });
  },
};
