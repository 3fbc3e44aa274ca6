import { minorVersion } from '../kubeadm/version.ts';
import type { ClusterSettings } from '../plan/schema.ts';
import { defineStep } from './definition.ts';

/** First minor version whose kubelet reports Ready as soon as it is (kubernetes/kubernetes#112618). */
const reportsAtOnce = 27;
/** First minor version whose kubelet, with containerd, does not look for docker for 5 s when it starts. */
const startsAtOnce = 24;

/** Whether a restarted kubelet reports a new network configuration earlier than one that runs. */
function isLate({ kubernetes, runtime }: ClusterSettings): boolean {
  const minor = minorVersion(kubernetes.version);
  return minor < reportsAtOnce && (runtime.name === 'docker' || minor >= startsAtOnce);
}

export const nodeReady = defineStep({
  id: 'node-ready',
  title: { en: 'Wait for the node to be Ready', zh: '等待节点 Ready' },
  activity: { en: 'waiting for its node to be Ready', zh: '等待其节点 Ready' },
  bootstrap: 'all',
  part: 'ready',
  needs: ['kubeadm-init', 'kubeadm-join', 'network-plugin'],
  waitsFor: 'itself',
  changes: ({ host, settings }) => [{ kind: 'node-ready', name: host.name, isLate: isLate(settings) }],
});
