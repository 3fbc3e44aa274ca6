import { usesApiProxy } from '../plan/api-proxy.ts';
import type { ClusterSettings } from '../plan/schema.ts';
import { bindPort } from './ports.ts';

/** What kubeadm's verification of the system looks at. */
const system = ['SystemVerification'];
const manifests = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'];

/** muster's check -> kubeadm's own checks of the same thing. kubeadm has none for the other checks. */
const ofCheck: Readonly<Record<string, (settings: ClusterSettings) => readonly string[]>> = {
  'cpu-count': () => ['NumCPU'],
  memory: () => ['Mem'],
  ports: (settings) => [bindPort(settings), 2379, 2380, 10250, 10257, 10259].map((port) => `Port-${port}`),
  'left-over-manifests': () => [
    'DirAvailable--etc-kubernetes-manifests',
    ...manifests.map((name) => `FileAvailable--etc-kubernetes-manifests-${name}.yaml`),
  ],
  'base-programs': () =>
    ['conntrack', 'crictl', 'ip', 'iptables', 'mount', 'nsenter'].map((name) => `FileExisting-${name}`),
  'cgroup-controllers': () => system,
  'cgroup-version': () => system,
  'docker-version': () => system,
  'kernel-config': () => system,
  'kernel-for-kubernetes': () => system,
  'kernel-namespaces': () => system,
  'kernel-version': () => system,
  os: () => system,
};

export const checksOfKubeadm = Object.keys(ofCheck);

/** kubeadm's preflight errors that are not fatal: muster makes them, or the plan lowers its check of the same thing. */
export function ignoredErrors(settings: ClusterSettings): string[] {
  // The proxy listens on 127.0.0.1, the API server on all addresses.
  const shared = usesApiProxy(settings) ? [`Port-${bindPort(settings)}`] : [];
  const lowered = Object.keys(settings.preflight.lower).filter((id) => Object.hasOwn(ofCheck, id));
  return [...new Set([...shared, ...lowered.flatMap((id) => ofCheck[id]?.(settings) ?? [])])];
}
