import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { KubeClient } from '../kube/client.ts';
import { nodePath } from '../kube/objects.ts';

const roles = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];
const labelsSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).optional() }).optional(),
});

/**
 * Deletes the Node of a worker; none there is as good. Throws MusterError `node-is-control-plane` for any other: that is what a coordinator
 * would ask for that wants a worker to take the place of a control plane.
 */
export async function deleteWorkerNode(client: KubeClient, name: string): Promise<void> {
  const node = await client.get(nodePath(name));
  if (node === null) return;
  const labels = labelsSchema.parse(node).metadata?.labels ?? {};
  if (roles.some((role) => role in labels)) throw new MusterError('node-is-control-plane', { host: name });
  await client.remove(nodePath(name));
}
