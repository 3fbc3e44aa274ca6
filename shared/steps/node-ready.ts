import { defineStep } from './definition.ts';

export const nodeReady = defineStep({
  id: 'node-ready',
  title: { en: 'Wait for the node to be Ready', zh: '等待节点 Ready' },
  activity: { en: 'waiting for its node to be Ready', zh: '等待其节点 Ready' },
  bootstrap: 'all',
  part: 'ready',
  needs: ['kubeadm-init', 'kubeadm-join', 'network-plugin'],
  waitsFor: 'itself',
  changes: ({ host }) => [{ kind: 'node-ready', name: host.name }],
});
