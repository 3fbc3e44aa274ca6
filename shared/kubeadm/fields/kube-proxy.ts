import { clientConnection, logging } from './common.ts';
import { boolean, duration, each, integer, listOf, mapOf, mapping, oneOf, string } from './field.ts';

const strings = listOf(string);
const syncing = each(duration, 'syncPeriod minSyncPeriod');
const masquerading = [each(integer, 'masqueradeBit'), each(boolean, 'masqueradeAll'), syncing];
const schedulers = ['', 'rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'sh', 'dh', 'sed', 'nq', 'mh', 'fo', 'ovf'];

/** KubeProxyConfiguration v1alpha1, Kubernetes 1.20 to 1.36. Source: k8s.io/kube-proxy config/v1alpha1/types.go. */
export const kubeProxyConfiguration = mapping(
  each(mapOf(boolean), 'featureGates'),
  each(clientConnection, 'clientConnection'),
  each(logging, 'logging', { since: 28 }),
  each(
    string,
    'hostnameOverride bindAddress healthzBindAddress metricsBindAddress showHiddenMetricsForVersion clusterCIDR portRange',
  ),
  each(boolean, 'bindAddressHardFail enableProfiling'),
  each(boolean, 'windowsRunAsService', { since: 31 }),
  each(integer, 'oomScoreAdj'),
  each(strings, 'nodePortAddresses'),
  each(duration, 'configSyncPeriod'),
  each(duration, 'udpIdleTimeout', { until: 26 }),
  each(oneOf('', 'userspace', 'iptables', 'ipvs', 'nftables'), 'mode'),
  each(oneOf('', 'ClusterCIDR', 'NodeCIDR', 'BridgeInterface', 'InterfaceNamePrefix'), 'detectLocalMode'),
  each(mapping(each(string, 'bridgeInterface interfaceNamePrefix')), 'detectLocal', { since: 24 }),
  each(mapping(...masquerading, each(boolean, 'localhostNodePorts', { since: 26 })), 'iptables'),
  each(mapping(...masquerading), 'nftables', { since: 29 }),
  each(
    mapping(
      syncing,
      each(oneOf(...schedulers), 'scheduler'),
      each(strings, 'excludeCIDRs'),
      each(boolean, 'strictARP'),
      each(duration, 'tcpTimeout tcpFinTimeout udpTimeout'),
    ),
    'ipvs',
  ),
  each(
    mapping(
      each(integer, 'maxPerCore min'),
      each(duration, 'tcpEstablishedTimeout tcpCloseWaitTimeout'),
      each(boolean, 'tcpBeLiberal', { since: 29 }),
      each(duration, 'udpTimeout udpStreamTimeout', { since: 29 }),
    ),
    'conntrack',
  ),
  each(
    mapping(
      each(string, 'networkName sourceVip'),
      each(string, 'rootHnsEndpointName', { since: 24 }),
      each(boolean, 'enableDSR'),
      each(boolean, 'forwardHealthCheckVip', { since: 24 }),
    ),
    'winkernel',
  ),
);
