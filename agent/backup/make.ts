import { join } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { writeAtomically } from '../../shared/node/files.ts';
import { createEtcdClient, type EtcdClient } from '../etcd/client.ts';
import { requireData } from '../etcd/data-identity.ts';
import { externalClient, runningExternalEtcd } from '../etcd/external/access.ts';
import { etcdManifest, etcdPod } from '../etcd/pod.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import { type ClusterBackupManifest, manifestName, pkiName, snapshotName, sumsOf } from './manifest.ts';
import { nameAt, type Shelf } from './shelf.ts';

/** CAs, keys of service accounts and certificates of this control plane. */
const pkiFolder = '/etc/kubernetes/pki';

interface Means {
  host: Host;
  shelf: Shelf;
  /** This host's name in the plan. */
  name: string;
  /** Instead of this host's own member. */
  endpoint?: string;
}

/**
 * Backs up the cluster: a snapshot of this host's etcd member, or of the external etcd, and the PKI. Returns the
 * backup's name. Throws MusterError `no-etcd-member`, `etcd-data-replaced`, what the client throws, and `disk-full` and
 * the like.
 */
export async function makeClusterBackup({ host, shelf, name, endpoint }: Means): Promise<string> {
  const source = await etcdToBackUp(host, endpoint);
  if (source === null) throw new MusterError('no-etcd-member', { path: etcdManifest });
  const { client, image } = source;
  await requireData(host, client);
  const { revision, dbBytes } = await client.status();
  const held = await client.keyspace(revision);
  const dataUid = await client.dataUid();
  const now = host.now();
  await shelf.requireRoom(dbBytes);
  const backup = nameAt(now);
  await shelf.put(backup, async (folder) => {
    await writeAtomically(join(folder, snapshotName), client.snapshot(), { mode: 0o600 });
    await output(host, 'cp', ['--archive', '--no-target-directory', pkiFolder, join(folder, pkiName)]);
    const manifest: ClusterBackupManifest = {
      ...{ createdAt: now.toISOString(), host: name, image, revision },
      ...{ keys: held.keys, keysSha256: held.sha256, files: await sumsOf(folder) },
      ...(dataUid ? { dataUid } : {}),
    };
    await writeAtomically(join(folder, manifestName), JSON.stringify(manifest), { mode: 0o600 });
  });
  return backup;
}

/** The etcd to back up, and the image that can restore it; null: there is none. */
export async function etcdToBackUp(
  host: Host,
  endpoint?: string,
): Promise<{ client: EtcdClient; image: string | null } | null> {
  const access = await runningExternalEtcd(host);
  const external = access && (await externalClient(host, access));
  if (external !== null) return { client: external, image: null };
  const [client, pod] = [await createEtcdClient(host, endpoint === undefined ? {} : { endpoint }), await etcdPod(host)];
  return client === null || pod === null ? null : { client, image: pod.image };
}
