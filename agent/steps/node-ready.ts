import type { Step } from './step.ts';

/** How kubelets of all versions say that no network configuration is there yet: what every node says for its first seconds. */
const networkMissing = /NetworkPluginNotReady|cni config uninitialized|cni plugin not initialized/;

export const nodeReady: Step = {
  id: 'node-ready',

  async check({ node, assignment }) {
    const seen = await node();
    if (seen === null) {
      const message = 'this host’s Node can’t be read: there is none, or the API server does not answer';
      const zh = {
        message: '无法读取该主机的 Node：它不存在，或 API server 没有应答',
        remedy: '在该主机上：journalctl -u kubelet -n 50',
      };
      return { state: 'waiting', message, remedy: 'on this host: journalctl -u kubelet -n 50', zh };
    }
    const { name: planned } = assignment.settings.runtime;
    // A Node that was made with another runtime keeps it, whatever has been installed beside it since.
    if (seen.runtimeVersion !== '' && !seen.runtimeVersion.startsWith(`${planned}:`)) {
      return {
        state: 'waiting',
        message: `the Node runs on ${seen.runtimeVersion}, and the plan says ${planned}; muster does not change the runtime of a Node`,
        remedy: 'put the runtime that runs back into the plan, or replace the host',
        zh: {
          message: `该 Node 运行在 ${seen.runtimeVersion} 上，而计划为 ${planned}；muster 不会更改 Node 的运行时`,
          remedy: '在计划中改回正在运行的运行时，或更换该主机',
        },
      };
    }
    if (seen.ready) return { state: 'done' };
    if (networkMissing.test(seen.reason)) {
      const { title } = assignment.settings.network.plugin;
      const remedy = 'if it lasts, on the control plane: kubectl get pods -A -o wide';
      const zh = {
        message: `网络插件（${title}）正在该节点上启动`,
        remedy: '若持续如此，在控制平面上：kubectl get pods -A -o wide',
      };
      return { state: 'waiting', message: `the network plugin (${title}) is starting on this node`, remedy, zh };
    }
    if (seen.reason !== '') return { state: 'waiting', message: seen.reason };
    return { state: 'waiting', message: 'the kubelet has not reported yet', zh: { message: 'kubelet 尚未上报' } };
  },

  async apply() {},
};
