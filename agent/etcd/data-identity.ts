import { MusterError } from '../../shared/errors/errors.ts';
import type { Host, HostView } from '../host/host.ts';
import { recordDataUid, recordedDataUid } from '../steps/created-cluster.ts';
import type { EtcdClient } from './client.ts';

type Identified = Pick<EtcdClient, 'dataUid'>;

/**
 * The recorded identity of the cluster's data and the one that a member has instead, empty if it has none; null: its
 * data is the cluster's, or that is not known. Throws MusterError `record-unreadable` or what the client throws.
 */
export async function replacedData(host: HostView, client: Identified, options?: Parameters<Identified['dataUid']>[0]) {
  const recorded = await recordedDataUid(host);
  if (recorded === null) return null;
  const found = await client.dataUid(options);
  return found === null || found === recorded ? null : { recorded, found };
}

/** Throws MusterError `etcd-data-replaced`, or what `replacedData` throws. */
export async function requireData(host: HostView, client: Identified): Promise<void> {
  const replaced = await replacedData(host, client);
  if (replaced !== null) throw new MusterError('etcd-data-replaced', replaced);
}

/** Records the identity of the data that is there, if none is recorded yet. Throws what `replacedData` throws. */
export async function noteData(host: Host, client: Identified): Promise<void> {
  if ((await recordedDataUid(host)) === null) await adoptData(host, client);
}

/** Records the identity of the data that is there, which an operator chose. Throws what `replacedData` throws. */
export async function adoptData(host: Host, client: Identified): Promise<void> {
  const uid = await client.dataUid();
  if (uid) await recordDataUid(host, uid);
}
