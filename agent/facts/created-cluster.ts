import { MusterError } from '../../shared/errors/errors.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { createdCluster } from '../steps/created-cluster.ts';

/** State of the cluster that was created on this host. An unreadable record counts as held, never as lost. */
export async function createdClusterFact(host: Host): Promise<NonNullable<Facts['createdCluster']>> {
  try {
    return await createdCluster(host);
  } catch (error) {
    if (error instanceof MusterError) return 'held';
    throw error;
  }
}
