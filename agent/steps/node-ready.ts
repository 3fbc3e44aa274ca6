import type { Step } from './step.ts';

export const nodeReady: Step = {
  id: 'node-ready',

  async check({ node }) {
    const seen = await node();
    if (seen === null) {
      const message = 'this host’s Node can’t be read: there is none, or the API server does not answer';
      return { state: 'waiting', message, remedy: 'on this host: journalctl -u kubelet -n 50' };
    }
    if (seen.ready) return { state: 'done' };
    return { state: 'waiting', message: seen.reason || 'the kubelet has not reported yet' };
  },

  async apply() {},
};
