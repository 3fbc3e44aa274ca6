import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import { changeUnit } from '../machine/unit.ts';
import { changeOf } from './declared.ts';
import { lacksNetwork, unreadNetwork } from './late-kubelet.ts';
import type { Step } from './step.ts';

const unreadable: LocalText = {
  en: 'the Node of this host cannot be read: it does not exist, or the API server does not answer',
  zh: '无法读取该主机的 Node：它不存在，或 API 服务器没有应答',
};
const notReported: LocalText = { en: 'the kubelet has not reported yet', zh: 'kubelet 尚未上报' };
const changeRuntime: LocalText = {
  en: 'set runtime in the plan to the running one, or replace the host',
  zh: '在计划中将 runtime 改为正在运行的运行时，或更换该主机',
};
const lookAtPods: LocalText = {
  en: 'if it lasts, on the control plane: kubectl get pods -A -o wide',
  zh: '若持续如此，在控制平面上：kubectl get pods -A -o wide',
};

/** A restarted kubelet reports within two seconds. Interval in ms. */
const [looks, interval] = [10, 300];

export const nodeReady: Step = {
  id: 'node-ready',

  async check(context) {
    const { node, assignment } = context;
    const seen = await node();
    if (seen === null)
      return { state: 'waiting', message: unreadable, remedy: verbatim('journalctl -u kubelet -n 50') };
    const { name: planned } = assignment.settings.runtime;
    // An existing Node keeps its runtime, whatever is installed later.
    if (seen.runtimeVersion !== '' && !seen.runtimeVersion.startsWith(`${planned}:`)) {
      const message = {
        en: `runtime of the Node: ${seen.runtimeVersion}; planned: ${planned}; muster does not change it`,
        zh: `该 Node 的运行时：${seen.runtimeVersion}；计划：${planned}；muster 不会更改`,
      };
      return { state: 'waiting', message, remedy: changeRuntime };
    }
    if (seen.ready) return { state: 'done' };
    if (lacksNetwork(seen)) {
      const unread = await unreadNetwork(context, seen);
      if (unread !== null) return { state: 'todo', message: unread };
      const { title } = assignment.settings.network.plugin;
      const message = {
        en: `waiting for the network plugin (${title}) to start on this node`,
        zh: `等待网络插件（${title}）在该节点上启动`,
      };
      return { state: 'waiting', message, remedy: lookAtPods };
    }
    return { state: 'waiting', message: seen.reason === '' ? notReported : verbatim(seen.reason) };
  },

  async apply(context) {
    const { host, node, signal } = context;
    if (!changeOf('node-ready', 'node-ready', context).isLate) return;
    await changeUnit(host, 'restart', 'kubelet');
    for (let look = 0; look < looks && !signal.aborted; look += 1) {
      if ((await node())?.ready) return;
      await host.sleep(interval, signal);
    }
  },
};
