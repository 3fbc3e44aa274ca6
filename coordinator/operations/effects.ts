import type { Action } from '../../shared/protocol/operation.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

/** Actions that end pods or take something away: asked about before they are done. */
export const dangerous: ReadonlySet<Action> = new Set<Action>(['reset', 'retire', 'replace', 'pick']);

const cordonAndDrain: LocalText = {
  en: 'The node takes no new pods, and its pods are evicted as their disruption budgets allow; data in emptyDir volumes is lost, and pods without a controller do not come back',
  zh: '节点不再接收新的 Pod，现有 Pod 在中断预算允许的范围内被驱逐；emptyDir 卷中的数据会丢失，没有控制器的 Pod 不会恢复',
};
const deleteNode: LocalText = { en: 'The Node is deleted', zh: '删除 Node 对象' };

/** What an action will do to a host, for a person who is asked whether it may. */
export function effects(action: Action, host: string): LocalText[] {
  switch (action) {
    case 'pause':
      return [
        {
          en: `The agent on ${host} looks and reports, and changes nothing until it is resumed; what runs there goes on`,
          zh: `${host} 上的代理只查看和上报，在恢复之前不作任何更改；正在运行的工作负载不受影响`,
        },
      ];
    case 'resume':
      return [{ en: `The agent on ${host} works again`, zh: `${host} 上的代理恢复工作` }];
    case 'reset':
      return [
        cordonAndDrain,
        deleteNode,
        { en: `kubeadm reset is run on ${host}`, zh: `在 ${host} 上执行 kubeadm reset` },
        { en: `${host} joins the cluster anew`, zh: `${host} 重新加入集群` },
      ];
    case 'retire':
      return [
        cordonAndDrain,
        deleteNode,
        { en: `kubeadm reset is run on ${host}`, zh: `在 ${host} 上执行 kubeadm reset` },
        { en: 'The muster agent is uninstalled', zh: '卸载 muster 代理' },
        {
          en: `${host} stays out, whatever it does, until muster readmit ${host}`,
          zh: `在执行 muster readmit ${host} 之前，${host} 无论如何都不会再加入`,
        },
      ];
    case 'readmit':
      return [{ en: `${host} may come in again, with a new line to paste`, zh: `${host} 可以凭新的安装命令重新加入` }];
    case 'replace':
      return [
        {
          en: `The machine that is ${host} now is out at once: its credential is revoked; its pods are not evicted first`,
          zh: `当前作为 ${host} 的机器立即出局：其凭据被吊销，Pod 不会先行驱逐`,
        },
        deleteNode,
        {
          en: `A new machine becomes ${host} with the line that is printed, which works once`,
          zh: `新机器运行打印出的命令后成为 ${host}，该命令只能使用一次`,
        },
      ];
    case 'cancel':
      return [
        {
          en: `What is under way on ${host} ends; what has been done stays, and a Node that is still there takes pods again`,
          zh: `终止 ${host} 上正在进行的操作；已完成的部分保持不变，仍存在的节点恢复调度`,
        },
      ];
    case 'pick':
      return [
        {
          en: `One machine stays ${host}; the other is refused until it is let in with a line of its own`,
          zh: `其中一台机器继续作为 ${host}；另一台会被拒绝，直到用它自己的命令重新登记`,
        },
      ];
  }
}

/** What was done, in the moment after. */
export const answers: Record<Action, (host: string) => LocalText> = {
  pause: (host) => ({ en: `${host} is paused`, zh: `${host} 已暂停` }),
  resume: (host) => ({ en: `${host} works again`, zh: `${host} 已恢复工作` }),
  reset: (host) => ({ en: `${host} is being reset`, zh: `正在重置 ${host}` }),
  retire: (host) => ({ en: `${host} is being retired`, zh: `正在让 ${host} 退役` }),
  readmit: (host) => ({ en: `${host} may come in again`, zh: `${host} 可以重新加入` }),
  replace: (host) => ({ en: `${host} waits for its new machine`, zh: `${host} 正在等待新机器` }),
  cancel: (host) => ({ en: `the operation on ${host} is cancelled`, zh: `${host} 上的操作已取消` }),
  pick: (host) => ({ en: `one machine stays ${host}, the other is out`, zh: `已选定 ${host} 的机器，另一台已出局` }),
};
