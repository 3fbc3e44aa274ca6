import { flagName, readArguments } from '../../../kubeadm/arguments.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { kubeletArguments } from './arguments.ts';

/** The field of the plan that determines a setting; null: muster does. */
type Instead = string | null;

const networking = 'network.podSubnet, network.serviceSubnet, network.dnsDomain';

const onNode: Readonly<Record<string, Instead>> = {
  'nodeRegistration.name': 'hosts[].name',
  'nodeRegistration.criSocket': 'runtime',
  dryRun: null,
};

/** Fields by section that other parts of the plan determine. */
const fields: Readonly<Record<string, Readonly<Record<string, Instead>>>> = {
  initConfiguration: { ...onNode, bootstrapTokens: null, localAPIEndpoint: 'kubernetes.controlPlaneEndpoint' },
  joinConfiguration: {
    ...onNode,
    'nodeRegistration.taints': 'hosts[].taints',
    discovery: null,
    controlPlane: 'hosts[].role',
  },
  clusterConfiguration: {
    clusterName: 'cluster',
    kubernetesVersion: 'kubernetes.version',
    imageRepository: 'kubernetes.imageRepository',
    controlPlaneEndpoint: 'kubernetes.controlPlaneEndpoint',
    networking,
    certificatesDir: null,
    'etcd.local.dataDir': null,
    'etcd.external': 'etcd.external',
  },
  kubeletConfiguration: {
    cgroupDriver: null,
    staticPodPath: null,
    port: null,
    healthzPort: null,
    containerRuntimeEndpoint: 'runtime',
    imageServiceEndpoint: 'runtime',
    clusterDomain: 'network.dnsDomain',
    registerWithTaints: 'hosts[].taints',
    registerNode: null,
    'authentication.x509': null,
  },
  kubeProxyConfiguration: {
    clusterCIDR: 'network.podSubnet',
    hostnameOverride: 'hosts[].name',
    'clientConnection.kubeconfig': null,
  },
};

const kubelet: Readonly<Record<string, Instead>> = {
  'cgroup-driver': null,
  'container-runtime': 'runtime',
  'container-runtime-endpoint': 'runtime',
  'image-service-endpoint': 'runtime',
  'docker-endpoint': 'runtime',
  'pod-infra-container-image': 'kubernetes.imageRepository',
  'network-plugin': 'network.plugin',
  'cni-bin-dir': 'network.plugin',
  'cni-conf-dir': 'network.plugin',
  'node-ip': 'hosts[].address',
  'hostname-override': 'hosts[].name',
  'register-with-taints': 'hosts[].taints',
  'register-node': null,
  'cluster-domain': 'network.dnsDomain',
  config: null,
  'config-dir': null,
  kubeconfig: null,
  'bootstrap-kubeconfig': null,
  'root-dir': null,
  'cert-dir': null,
  'pod-manifest-path': null,
  port: null,
  'healthz-port': null,
  'client-ca-file': null,
};

export const isDecidedForKubelet = (name: string): boolean => Object.hasOwn(kubelet, name);

/** Command-line arguments by place that other parts of the plan determine. */
const flags: readonly (readonly [place: readonly string[], decided: Readonly<Record<string, Instead>>])[] = [
  ...kubeletArguments.map((place) => [place, kubelet] as const),
  [
    ['clusterConfiguration', 'apiServer', 'extraArgs'],
    {
      'advertise-address': 'hosts[].address',
      'secure-port': 'kubernetes.controlPlaneEndpoint',
      'service-cluster-ip-range': 'network.serviceSubnet',
      'client-ca-file': null,
      'etcd-servers': 'etcd.external',
      'etcd-cafile': 'etcd.external',
      'etcd-certfile': 'etcd.external',
      'etcd-keyfile': 'etcd.external',
      'tls-cert-file': null,
      'tls-private-key-file': null,
    },
  ],
  [
    ['clusterConfiguration', 'controllerManager', 'extraArgs'],
    {
      'cluster-cidr': 'network.podSubnet',
      'service-cluster-ip-range': 'network.serviceSubnet',
      'cluster-name': 'cluster',
      kubeconfig: null,
      'root-ca-file': null,
    },
  ],
  [['clusterConfiguration', 'scheduler', 'extraArgs'], { kubeconfig: null }],
  [
    ['clusterConfiguration', 'etcd', 'local', 'extraArgs'],
    { 'data-dir': null, name: null, 'listen-client-urls': null },
  ],
];

/** Reports component settings that contradict the rest of the plan. */
export function checkDecided({ kubernetes }: PartialPlan, report: Report): void {
  const components = kubernetes?.components;
  if (components === undefined) return;
  const root: Path = ['kubernetes', 'components'];
  for (const [section, settings] of Object.entries(components)) {
    for (const [name, instead] of Object.entries({ apiVersion: null, kind: null, ...fields[section] })) {
      const path = name.split('.');
      if (valueAt(settings, path) !== undefined) reportDecided([...root, section, ...path], instead, report);
    }
  }
  for (const [place, decided] of flags) {
    for (const { name, path } of argumentsAt(components, place)) {
      const instead = Object.hasOwn(decided, name) ? decided[name] : undefined;
      if (instead !== undefined) reportDecided([...root, ...path], instead, report);
    }
  }
}

function reportDecided(path: Path, instead: Instead, report: Report): void {
  if (instead === null) report(path, 'field-set-by-muster');
  else report(path, 'field-set-by-plan', { field: instead });
}

/** The arguments at a place below `kubernetes.components`, each with its path. */
export function argumentsAt(
  components: unknown,
  place: readonly string[],
): { name: string; value: unknown; path: Path }[] {
  const written = valueAt(components, place);
  return readArguments(written).map(({ name, value }, index) => ({
    name: flagName(name),
    value,
    path: [...place, Array.isArray(written) ? index : name],
  }));
}

export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}
