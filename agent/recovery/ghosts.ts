import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Host } from '../host/host.ts';
import { kubeClient } from '../kube/client.ts';
import { forgetApiEndpoint } from '../kube/configuration.ts';
import { adminConf } from '../kube/kubeconfig.ts';
import { nodePath } from '../kube/objects.ts';

/**
 * Removes what the restored cluster still says about control planes that are no longer members: their Nodes, whose
 * mirror pods make kubeadm ask a dead etcd, and, up to Kubernetes 1.21, their API endpoints.
 */
export async function removeGhosts(host: Host, { host: self, settings }: Assignment): Promise<void> {
  const client = await kubeClient(host, adminConf);
  if (client === null) return;
  const others = settings.hosts.filter(({ name, role }) => role === 'control-plane' && name !== self.name);
  for (const other of others) {
    await client.remove(nodePath(other.name));
    await forgetApiEndpoint(client, other);
  }
}
