import { taints } from './common.ts';
import { any, boolean, commandLine, duration, each, integer, listOf, mapOf, mapping, oneOf, string } from './field.ts';

/**
 * kubeadm's configuration, v1beta2 (Kubernetes 1.20 and 1.21), v1beta3 (1.22 to 1.30) and v1beta4 (1.31 and later).
 * Source: cmd/kubeadm/app/apis/kubeadm in kubernetes/kubernetes.
 */
const v1beta3 = { since: 22 };
const v1beta4 = { since: 31 };

const strings = listOf(string);
const endpoint = mapping(each(string, 'advertiseAddress'), each(integer, 'bindPort'));
const image = each(string, 'imageRepository imageTag');
const disabled = each(boolean, 'disabled', v1beta4);
/** Environment variables of a container; their sources are the API server's to judge. */
const variables = listOf(mapping(each(string, 'name value'), each(any, 'valueFrom')));

const nodeRegistration = mapping(
  each(string, 'name criSocket'),
  each(taints, 'taints'),
  each(commandLine, 'kubeletExtraArgs'),
  each(strings, 'ignorePreflightErrors'),
  each(oneOf('Always', 'IfNotPresent', 'Never'), 'imagePullPolicy', v1beta3),
  each(boolean, 'imagePullSerial', v1beta4),
);

const onNode = [
  each(nodeRegistration, 'nodeRegistration'),
  each(strings, 'skipPhases', v1beta3),
  each(mapping(each(string, 'directory')), 'patches', v1beta3),
  each(boolean, 'dryRun', v1beta4),
  each(
    mapping(
      each(
        duration,
        'controlPlaneComponentHealthCheck kubeletHealthCheck kubernetesAPICall etcdAPICall tlsBootstrap discovery upgradeManifests',
      ),
    ),
    'timeouts',
    v1beta4,
  ),
];

const pathTypes = ['', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'];
const component = [
  each(commandLine, 'extraArgs'),
  each(
    listOf(
      mapping(
        each(string, 'name hostPath mountPath'),
        each(boolean, 'readOnly'),
        each(oneOf(...pathTypes), 'pathType'),
      ),
    ),
    'extraVolumes',
  ),
  each(variables, 'extraEnvs', v1beta4),
];

const etcd = mapping(
  each(
    mapping(
      image,
      each(string, 'dataDir'),
      each(commandLine, 'extraArgs'),
      each(strings, 'serverCertSANs peerCertSANs'),
      each(variables, 'extraEnvs', v1beta4),
    ),
    'local',
  ),
  each(mapping(each(strings, 'endpoints'), each(string, 'caFile certFile keyFile')), 'external'),
);

export const initConfiguration = mapping(
  ...onNode,
  each(any, 'bootstrapTokens'),
  each(endpoint, 'localAPIEndpoint'),
  each(string, 'certificateKey'),
);

export const joinConfiguration = mapping(
  ...onNode,
  each(string, 'caCertPath'),
  each(any, 'discovery'),
  each(mapping(each(endpoint, 'localAPIEndpoint'), each(string, 'certificateKey')), 'controlPlane'),
);

export const clusterConfiguration = mapping(
  each(etcd, 'etcd'),
  each(mapping(each(string, 'serviceSubnet podSubnet dnsDomain')), 'networking'),
  each(string, 'kubernetesVersion controlPlaneEndpoint certificatesDir imageRepository clusterName'),
  each(
    mapping(
      ...component,
      each(strings, 'certSANs'),
      each(duration, 'timeoutForControlPlane', {
        until: 31,
        instead: 'initConfiguration.timeouts.controlPlaneComponentHealthCheck',
      }),
    ),
    'apiServer',
  ),
  each(mapping(...component), 'controllerManager scheduler'),
  each(mapping(image, disabled, each(oneOf('CoreDNS', 'kube-dns'), 'type', { until: 22 })), 'dns'),
  each(mapping(disabled), 'proxy', v1beta4),
  each(boolean, 'useHyperKubeImage', { until: 22 }),
  each(mapOf(boolean), 'featureGates'),
  each(oneOf('RSA-2048', 'RSA-3072', 'RSA-4096', 'ECDSA-P256', 'ECDSA-P384'), 'encryptionAlgorithm', v1beta4),
  each(duration, 'certificateValidityPeriod caCertificateValidityPeriod', v1beta4),
);
