import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { KubeClient } from '../kube/client.ts';
import { controlPlaneLabels, nodePath } from '../kube/objects.ts';

const labelsSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).optional() }).optional(),
});

/**
 * Deletes a worker's Node; succeeds if it does not exist. Throws MusterError `node-is-control-plane` for a control
 * plane's: a compromised coordinator must not replace one by a worker.
 */
export async function deleteWorkerNode(client: KubeClient, name: string): Promise<void> {
  const node = await client.get(nodePath(name));
  if (node === null) return;
  const labels = labelsSchema.parse(node).metadata?.labels ?? {};
  if (controlPlaneLabels.some((label) => label in labels))
    throw new MusterError('node-is-control-plane', { host: name });
  await client.remove(nodePath(name));
}
