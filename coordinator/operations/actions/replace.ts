import { type ActionDefinition, busyWithAnother, isOut, onlyControlPlane, retired, unplanned } from './definition.ts';
import { deleteNode } from './effects.ts';

export const replace: ActionDefinition = {
  dangerous: true,
  invites: true,
  refusal(situation) {
    if (isOut(situation)) return retired(situation);
    if (!situation.planned) return unplanned(situation);
    return busyWithAnother('replace', situation) ?? onlyControlPlane(situation);
  },
  effects: (host) => [
    {
      en: `The credential of the machine that is ${host} now is revoked at once; its pods are not evicted first`,
      zh: `立即吊销当前作为 ${host} 的机器的凭据，Pod 不会先行驱逐`,
    },
    deleteNode,
    {
      en: `A new machine becomes ${host} with the printed install command, which works once`,
      zh: `新机器运行打印出的安装命令后成为 ${host}，该命令只能使用一次`,
    },
  ],
  answer: (host) => ({ en: `${host} waits for its new machine`, zh: `${host} 正在等待新机器` }),
  perform({ host, begin, store }) {
    begin('replace');
    store.intents.clear(host);
    store.hosts.remove(host);
  },
};
