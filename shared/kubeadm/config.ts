import type { Assignment } from '../protocol/assignment.ts';
import { deepMerge } from './merge.ts';
import { criSocket } from './runtime.ts';
import { kubeadmApiVersion } from './version.ts';

export type Document = Record<string, unknown>;

const apiServerPort = 6443;

/**
 * The file for `kubeadm init --config`: four documents, the plan's component settings merged over what muster sets. `token` is
 * a bootstrap token (`id.secret`) made for this run: without one, kubeadm would make one that lives for a day.
 */
export function initDocuments(assignment: Assignment, { token }: { token: string }): Document[] {
  const { host, settings } = assignment;
  const { kubernetes, network, endpoint } = settings;
  const { components } = kubernetes;
  return [
    kubeadmDocument(assignment, 'InitConfiguration', components.initConfiguration, {
      bootstrapTokens: [{ token, ttl: '15m0s' }],
      // A managed endpoint leads straight to this API server; one of the site's own (a load balancer) has its own port.
      localAPIEndpoint: { advertiseAddress: host.address, bindPort: endpoint.managed ? endpoint.port : apiServerPort },
      nodeRegistration: nodeRegistration(assignment),
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
      apiServer: { certSANs: [...new Set([host.name, host.address, endpoint.host])] },
      // The first try for the lease always comes before the API server can answer it: the default of 2 s, with its jitter, costs up to 4 s.
      controllerManager: { extraArgs: extraArguments(kubernetes.version, { 'leader-elect-retry-period': '1s' }) },
    }),
    deepMerge(
      {
        apiVersion: 'kubelet.config.k8s.io/v1beta1',
        kind: 'KubeletConfiguration',
        cgroupDriver: 'systemd',
        // How soon a node that has become Ready, or is so no more, says it: the default of 10 s costs a bring-up 5 s on average.
        nodeStatusUpdateFrequency: '2s',
        // Only changes are sent between these reports. By default it would be the former as soon as that is set, and every node would write every 2 s.
        nodeStatusReportFrequency: '5m',
        // docker rotates its containers' logs itself, by daemon.json; for any other runtime the kubelet does it. The same bound for both.
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

/**
 * The file for `kubeadm join --config`. `caPin` is `sha256:` and the hash of the cluster CA's public key. Discovery by token, which looks at
 * once: by file, kubeadm 1.20 waits five seconds before its first look.
 */
export function joinDocuments(assignment: Assignment, { token, caPin }: { token: string; caPin: string }): Document[] {
  const { host, port } = assignment.settings.endpoint;
  return [
    kubeadmDocument(assignment, 'JoinConfiguration', assignment.settings.kubernetes.components.joinConfiguration, {
      discovery: { bootstrapToken: { token, apiServerEndpoint: `${host}:${port}`, caCertHashes: [caPin] } },
      nodeRegistration: nodeRegistration(assignment),
    }),
  ];
}

function kubeadmDocument(assignment: Assignment, kind: string, over: Document, own: Document): Document {
  const apiVersion = `kubeadm.k8s.io/${kubeadmApiVersion(assignment.settings.kubernetes.version)}`;
  return deepMerge({ apiVersion, kind, ...own }, over);
}

/** `taints` is left out where the plan has none: an empty list would take kubeadm's own taint off a control plane. */
function nodeRegistration({ host, settings }: Assignment): Document {
  return {
    name: host.name,
    criSocket: criSocket(settings),
    ...(host.taints.length > 0 ? { taints: host.taints } : {}),
    kubeletExtraArgs: extraArguments(settings.kubernetes.version, { 'node-ip': host.address }),
  };
}

/** A map up to v1beta3, a list of pairs from v1beta4 on. */
function extraArguments(version: string, values: Record<string, string>): unknown {
  if (kubeadmApiVersion(version) !== 'v1beta4') return values;
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
