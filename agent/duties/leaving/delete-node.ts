import { MusterError } from '../../../shared/errors/errors.ts';
import { nodePath } from '../../kube/objects.ts';
import { isStacked, type PlaceMeans } from '../control-plane-place.ts';
import { deleteWorkerNode } from '../worker-node.ts';
import { holdAway } from './away.ts';
import { isMember } from './remove-member.ts';

/**
 * Deletes a Node; succeeds if it does not exist. Throws MusterError `node-is-control-plane` for that of a control plane
 * whose member is still in etcd, `control-plane-away` with an external etcd while another one is away: a compromised
 * coordinator must not delete those that work.
 */
export async function deleteNode(means: PlaceMeans, name: string): Promise<void> {
  try {
    await deleteWorkerNode(means.client, name);
  } catch (error) {
    if (!(error instanceof MusterError) || error.code !== 'node-is-control-plane') throw error;
    if (await isMember(means, name)) throw error;
    // With an external etcd no member tells whether it has left: the Lease bounds it to one at a time.
    if (!(await isStacked(means.client))) await holdAway(means.host, means.client, name);
    await means.client.remove(nodePath(name));
  }
}
