import { minorVersion } from '../kubeadm/version.ts';
import { defineStep } from './definition.ts';

/** First minor version whose kubelet reports Ready as soon as it is (kubernetes/kubernetes#112618). */
const reportsAtOnce = 27;

export const nodeReady = defineStep({
  id: 'node-ready',
  title: { en: 'Wait for the node to be Ready', zh: '等待节点 Ready' },
  activity: { en: 'waiting for its node to be Ready', zh: '等待其节点 Ready' },
  bootstrap: 'all',
  part: 'ready',
  needs: ['kubeadm-init', 'kubeadm-join', 'network-plugin'],
  waitsFor: 'itself',
  changes: ({ host, settings }) => [
    { kind: 'node-ready', name: host.name, isLate: minorVersion(settings.kubernetes.version) < reportsAtOnce },
  ],
});
