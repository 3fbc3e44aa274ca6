import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Fields that the rest of the plan decides, and what to write in its place. */
const decided: readonly [path: readonly [section: string, ...fields: string[]], instead: string][] = [
  [['initConfiguration', 'bootstrapTokens'], 'muster makes and deletes tokens by itself; take it out'],
  [['initConfiguration', 'nodeRegistration', 'name'], 'a host’s name is hosts[].name; take it out'],
  [['initConfiguration', 'nodeRegistration', 'criSocket'], 'the socket follows from `runtime`; take it out'],
  [['joinConfiguration', 'nodeRegistration', 'name'], 'a host’s name is hosts[].name; take it out'],
  [['joinConfiguration', 'nodeRegistration', 'criSocket'], 'the socket follows from `runtime`; take it out'],
  [['joinConfiguration', 'discovery'], 'muster tells each host how to find the cluster; take it out'],
  [['clusterConfiguration', 'clusterName'], 'set `cluster` instead'],
  [['clusterConfiguration', 'kubernetesVersion'], 'set `kubernetes.version` instead'],
  [['clusterConfiguration', 'imageRepository'], 'set `kubernetes.imageRepository` instead'],
  [['clusterConfiguration', 'controlPlaneEndpoint'], 'set `kubernetes.controlPlaneEndpoint` instead'],
  [
    ['clusterConfiguration', 'networking'],
    'set `network.podSubnet`, `network.serviceSubnet` or `network.dnsDomain` instead',
  ],
  [['kubeletConfiguration', 'cgroupDriver'], 'muster sets systemd for the kubelet and the runtime alike; take it out'],
];

/** Component settings that would contradict the plan they stand in. */
export function checkComponents({ kubernetes }: PartialPlan, report: Report): void {
  const components = kubernetes?.components;
  if (components === undefined) return;
  const root: Path = ['kubernetes', 'components'];
  for (const [section, settings] of Object.entries(components)) {
    for (const key of ['apiVersion', 'kind']) {
      if (valueAt(settings, [key]) !== undefined) {
        report([...root, section, key], 'muster writes the version that this kubeadm reads; take it out');
      }
    }
  }
  for (const [path, instead] of decided) {
    if (valueAt(components, path) !== undefined) report([...root, ...path], instead);
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}
