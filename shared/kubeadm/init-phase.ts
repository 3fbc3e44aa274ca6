import type { Assignment } from '../protocol/assignment.ts';
import { bindPort } from './ports.ts';
import { criSocket } from './runtime.ts';
import { kubeadmApiVersion } from './version.ts';
import { kubernetesYaml } from './yaml.ts';

/**
 * Configuration for one phase of `kubeadm init` on a control plane of a running cluster. `clusterConfiguration`: the
 * document that kubeadm recorded in the cluster.
 */
export function initPhaseYaml(
  { host, settings }: Assignment,
  clusterConfiguration: string,
  fields: Readonly<Record<string, unknown>> = {},
): string {
  const own = {
    apiVersion: `kubeadm.k8s.io/${kubeadmApiVersion(settings.kubernetes.version)}`,
    kind: 'InitConfiguration',
    localAPIEndpoint: { advertiseAddress: host.address, bindPort: bindPort(settings) },
    nodeRegistration: { name: host.name, criSocket: criSocket(settings) },
    ...fields,
  };
  return `${kubernetesYaml(own)}---\n${clusterConfiguration}`;
}
