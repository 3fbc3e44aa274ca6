import { MusterError } from '../../../shared/errors/errors.ts';
import { nodePath } from '../../kube/objects.ts';
import type { PlaceMeans } from '../control-plane-place.ts';
import { deleteWorkerNode } from '../worker-node.ts';
import { isMember } from './remove-member.ts';

/**
 * Deletes a Node; succeeds if it does not exist. Throws MusterError `node-is-control-plane` for that of a control plane
 * whose member is still in etcd: a compromised coordinator must not delete one that works.
 */
export async function deleteNode(means: PlaceMeans, name: string): Promise<void> {
  try {
    await deleteWorkerNode(means.client, name);
  } catch (error) {
    if (!(error instanceof MusterError) || error.code !== 'node-is-control-plane') throw error;
    if (await isMember(means, name)) throw error;
    await means.client.remove(nodePath(name));
  }
}
