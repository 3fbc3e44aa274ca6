import { MusterError } from '../../shared/errors/errors.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { createdCluster } from '../steps/created-cluster.ts';

/** What became of the cluster that was created here. A record that can't be read is never taken for a loss. */
export async function createdClusterFact(host: Host): Promise<NonNullable<Facts['createdCluster']>> {
  try {
    return await createdCluster(host);
  } catch (error) {
    if (error instanceof MusterError) return 'held';
    throw error;
  }
}
