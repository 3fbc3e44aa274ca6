import { endpointNames, usesApiProxy } from '../plan/api-proxy.ts';
import { externalEtcd } from '../plan/etcd.ts';
import type { ClusterSettings } from '../plan/schema.ts';
import type { Assignment } from '../protocol/assignment.ts';
import { portSharing } from '../steps/content/api-proxy.ts';
import { extraArguments, withArguments } from './arguments.ts';
import { ignoredErrors } from './ignored-errors.ts';
import { deepMerge } from './merge.ts';
import { bindPort } from './ports.ts';
import { criSocket } from './runtime.ts';
import { registeredTaints } from './taints.ts';
import { kubeadmApiVersion } from './version.ts';

export type Document = Record<string, unknown>;

interface Resolver {
  /** The file with the nameservers that this host's pods get; absent: left to kubeadm. */
  resolvConf?: string;
}

/**
 * Configuration for `kubeadm init --config`: four documents with the plan's component settings merged over muster's.
 * `token`: a bootstrap token (`id.secret`) created for this run; otherwise kubeadm would create one valid for a day.
 */
export function initDocuments(assignment: Assignment, { token, resolvConf }: { token: string } & Resolver): Document[] {
  const { host, settings } = assignment;
  const { kubernetes, network, endpoint } = settings;
  const { components } = kubernetes;
  return [
    kubeadmDocument(assignment, 'InitConfiguration', components.initConfiguration, {
      bootstrapTokens: [{ token, ttl: '15m0s' }],
      localAPIEndpoint: { advertiseAddress: host.address, bindPort: bindPort(settings) },
      nodeRegistration: nodeRegistration(assignment, resolvConf),
    }),
    kubeadmDocument(assignment, 'ClusterConfiguration', components.clusterConfiguration, {
      clusterName: settings.name,
      kubernetesVersion: `v${kubernetes.version}`,
      imageRepository: kubernetes.imageRepository,
      controlPlaneEndpoint: `${endpoint.host}:${endpoint.port}`,
      networking: {
        podSubnet: network.podSubnet,
        serviceSubnet: network.serviceSubnet,
        dnsDomain: network.dnsDomain,
      },
      apiServer: {
        certSANs: [...new Set([host.name, host.address, ...endpointNames(settings)])],
        ...(usesApiProxy(settings) ? { extraArgs: extraArguments(kubernetes.version, [portSharing]) } : {}),
      },
      ...etcdDocument(settings),
      // The first lease attempt always precedes the API server; retrying at the default of 2 s plus jitter costs up to
      // 4 s.
      controllerManager: { extraArgs: argument(kubernetes.version, 'leader-elect-retry-period', '1s') },
    }),
    deepMerge(
      {
        apiVersion: 'kubelet.config.k8s.io/v1beta1',
        kind: 'KubeletConfiguration',
        cgroupDriver: 'systemd',
        // How quickly readiness changes are reported; the default of 10 s delays a bring-up by 5 s on average.
        nodeStatusUpdateFrequency: '2s',
        // Interval of unconditional reports. It defaults to the value above once that is set, so every node would write
        // every 2 s.
        nodeStatusReportFrequency: '5m',
        // docker rotates its own logs (daemon.json); for other runtimes the kubelet does, with the same limit.
        ...(settings.runtime.name === 'docker' ? {} : { containerLogMaxSize: '100Mi', containerLogMaxFiles: 3 }),
      },
      components.kubeletConfiguration,
    ),
    deepMerge(
      { apiVersion: 'kubeproxy.config.k8s.io/v1alpha1', kind: 'KubeProxyConfiguration' },
      components.kubeProxyConfiguration,
    ),
  ];
}

interface JoinSecrets {
  /** A bootstrap token, `id.secret`. */
  token: string;
  /** `sha256:` and the hash of the public key of the cluster's CA. */
  caPin: string;
  /** Decrypts the uploaded certificates; used by control planes only. */
  certificateKey: string;
}

/**
 * Configuration for `kubeadm join --config`. Uses token discovery, because file discovery in kubeadm 1.20 waits five
 * seconds before its first attempt.
 */
export function joinDocuments(
  assignment: Assignment,
  { token, caPin, certificateKey, resolvConf }: JoinSecrets & Resolver,
): Document[] {
  const { host, port } = assignment.settings.endpoint;
  const { role, address } = assignment.host;
  // Without the address kubeadm takes that of the default route.
  const localAPIEndpoint = { advertiseAddress: address, bindPort: bindPort(assignment.settings) };
  return [
    kubeadmDocument(assignment, 'JoinConfiguration', assignment.settings.kubernetes.components.joinConfiguration, {
      discovery: { bootstrapToken: { token, apiServerEndpoint: `${host}:${port}`, caCertHashes: [caPin] } },
      nodeRegistration: nodeRegistration(assignment, resolvConf),
      ...(role === 'control-plane' ? { controlPlane: { localAPIEndpoint, certificateKey } } : {}),
    }),
  ];
}

/** The same in v1beta2 to v1beta4. */
function etcdDocument(settings: ClusterSettings): Document {
  const external = externalEtcd(settings);
  if (external === null) return {};
  const { endpoints, caFile, certFile, keyFile } = external;
  return { etcd: { external: { endpoints, caFile, certFile, keyFile } } };
}

function kubeadmDocument(assignment: Assignment, kind: string, over: Document, own: Document): Document {
  const { version } = assignment.settings.kubernetes;
  const apiVersion = `kubeadm.k8s.io/${kubeadmApiVersion(version)}`;
  return deepMerge({ apiVersion, kind, ...own }, withArguments(version, over));
}

/** Omits `taints` if the plan has none: an empty list would remove kubeadm's own taint from a control plane. */
function nodeRegistration({ host, settings }: Assignment, resolvConf: string | undefined): Document {
  const { version, components } = settings.kubernetes;
  const ignored = ignoredErrors(settings);
  const hasOwn = components.kubeletConfiguration.resolvConf !== undefined;
  return {
    name: host.name,
    criSocket: criSocket(settings),
    ...(host.taints.length > 0 ? { taints: registeredTaints(host, settings.kubernetes.version) } : {}),
    ...(ignored.length > 0 ? { ignorePreflightErrors: ignored } : {}),
    kubeletExtraArgs: extraArguments(version, [
      { name: 'node-ip', value: host.address },
      // kubeadm before 1.23 stores the control plane's file for all hosts; the flag overrides it.
      ...(resolvConf === undefined || hasOwn ? [] : [{ name: 'resolv-conf', value: resolvConf }]),
    ]),
  };
}

function argument(version: string, name: string, value: string): unknown {
  return extraArguments(version, [{ name, value }]);
}
