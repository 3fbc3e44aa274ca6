import { agentPaths } from '../paths.ts';
import { externalEtcd } from '../plan/etcd.ts';
import type { Assignment } from '../protocol/assignment.ts';
import { minorVersion } from './version.ts';
import { kubernetesYaml } from './yaml.ts';

const folder = `${agentPaths.volatile}/kubeadm-patches`;

/**
 * A patch for the pod of etcd with which a control plane joins: up to Kubernetes 1.21.1 it requests storage, of which a
 * kubelet that has just registered its Node knows nothing yet; it refuses the pod and does not try again
 * (kubernetes#99305), and a second member that does not start leaves etcd without a quorum.
 */
export function etcdPatch({ host, settings }: Pick<Assignment, 'host' | 'settings'>) {
  const isAffected = minorVersion(settings.kubernetes.version) < 22;
  if (host.role !== 'control-plane' || externalEtcd(settings) !== null || !isAffected) return null;
  const container = { name: 'etcd', resources: { requests: { 'ephemeral-storage': null } } };
  return {
    path: `${folder}/etcd.yaml`,
    content: kubernetesYaml({ spec: { containers: [container] } }),
    flags: ['--experimental-patches', folder],
  };
}
