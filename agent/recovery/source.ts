import { join } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { readIfThere } from '../../shared/node/files.ts';
import type { RecoveryOrder } from '../../shared/protocol/recovery.ts';
import { pkiName, readClusterBackup, snapshotName } from '../backup/manifest.ts';
import { openShelf } from '../backup/shelf.ts';
import { compareFiles } from '../backup/verify.ts';
import type { EtcdPod } from '../etcd/pod.ts';
import type { Host } from '../host/host.ts';
import { caFile } from '../steps/created-cluster.ts';
import { dataAside, databaseOf } from './folders.ts';

export interface Sources {
  host: Host;
  /** Folder of the backups on this host. */
  backups: string;
}

/** Throws MusterError `etcd-data-missing`, `cluster-backup-damaged` or `cluster-backup-foreign`. */
export async function sourceOf({ host, backups }: Sources, pod: EtcdPod, order: RecoveryOrder, kept: string) {
  const { from } = order;
  if (from !== 'member') return backupOf(host, openShelf(backups).path(from));
  const own = databaseOf(pod.dataFolder);
  const moved = databaseOf(dataAside(pod, kept));
  if (await host.exists(moved)) return moved;
  if (await host.exists(own)) return own;
  throw new MusterError('etcd-data-missing', { path: own });
}

/** A backup restores only into the cluster whose certificates it has: another CA's would not be trusted by any host. */
async function backupOf(host: Host, folder: string): Promise<string> {
  const backup = await readClusterBackup(folder);
  if (backup === null) throw new MusterError('etcd-data-missing', { path: folder });
  await compareFiles(folder, backup);
  const [own, its] = await Promise.all([host.readFile(caFile), readIfThere(join(folder, pkiName, 'ca.crt'))]);
  if (own?.trim() !== its?.trim()) throw new MusterError('cluster-backup-foreign', { path: folder });
  return join(folder, snapshotName);
}
