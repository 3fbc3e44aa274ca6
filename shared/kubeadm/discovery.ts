import type { ClusterSettings } from '../plan/schema.ts';
import { kubernetesYaml } from './yaml.ts';

/**
 * A kubeconfig with the cluster's address and CA and no credential: what `discovery.file` of a join configuration names. It has
 * the form of the cluster-info that kubeadm publishes itself, an unnamed cluster and no context: a context would need a user.
 */
export function discoveryKubeconfig({ host, port }: ClusterSettings['endpoint'], caPem: string): string {
  const certificateAuthority = Buffer.from(caPem).toString('base64');
  return kubernetesYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: '',
        cluster: { server: `https://${host}:${port}`, 'certificate-authority-data': certificateAuthority },
      },
    ],
  });
}
