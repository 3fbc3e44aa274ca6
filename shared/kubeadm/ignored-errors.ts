import { usesApiProxy } from '../plan/api-proxy.ts';
import type { ClusterSettings } from '../plan/schema.ts';
import { bindPort } from './ports.ts';

/** What kubeadm's verification of the system looks at. */
const system = ['SystemVerification'];
/** kubeadm's names of checks, in lower case, that muster makes under another name -> muster's check. */
const others: Readonly<Record<string, string>> = {
  numcpu: 'cpu-count',
  mem: 'memory',
  swap: 'swap-off',
  systemverification: 'kernel-config',
  hostname: 'host-name',
  isdockersystemdcheck: 'cgroup-driver',
};
const prefixes: readonly [prefix: string, id: string][] = [
  ['port-', 'ports'],
  ['diravailable-', 'left-over-manifests'],
  ['fileavailable-', 'left-over-manifests'],
  ['fileexisting-', 'base-programs'],
];

/** muster's check of what kubeadm's check of this name looks at; null: it is none of kubeadm's. */
export function checkLike(name: string): string | null {
  const lower = name.toLowerCase();
  const other = Object.hasOwn(others, lower) ? others[lower] : undefined;
  return other ?? prefixes.find(([prefix]) => lower.startsWith(prefix))?.[1] ?? null;
}

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
