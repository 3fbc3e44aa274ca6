import type { Step } from './step.ts';

/** How kubelets of all versions say that no network configuration is there yet: what every node says for its first seconds. */
const networkMissing = /NetworkPluginNotReady|cni config uninitialized|cni plugin not initialized/;

export const nodeReady: Step = {
  id: 'node-ready',

  async check({ node, assignment }) {
    const seen = await node();
    if (seen === null) {
      const message = 'this host’s Node can’t be read: there is none, or the API server does not answer';
      return { state: 'waiting', message, remedy: 'on this host: journalctl -u kubelet -n 50' };
    }
    const { name: planned } = assignment.settings.runtime;
    // A Node that was made with another runtime keeps it, whatever has been installed beside it since.
    if (seen.runtimeVersion !== '' && !seen.runtimeVersion.startsWith(`${planned}:`)) {
      return {
        state: 'waiting',
        message: `the Node runs on ${seen.runtimeVersion}, and the plan says ${planned}; muster does not change the runtime of a Node`,
        remedy: 'put the runtime that runs back into the plan, or replace the host',
      };
    }
    if (seen.ready) return { state: 'done' };
    if (networkMissing.test(seen.reason)) {
      const { title } = assignment.settings.network.plugin;
      const remedy = 'if it lasts, on the control plane: kubectl get pods -A -o wide';
      return { state: 'waiting', message: `the network plugin (${title}) is starting on this node`, remedy };
    }
    return { state: 'waiting', message: seen.reason || 'the kubelet has not reported yet' };
  },

  async apply() {},
};
