import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { createEtcdClient, type EtcdClient } from '../etcd/client.ts';
import type { Containers } from '../etcd/container.ts';
import { etcdPki } from '../etcd/credentials.ts';
import { restoreSnapshot } from '../etcd/restore.ts';
import type { Host } from '../host/host.ts';
import { type ClusterBackup, snapshotName, sumsOf } from './manifest.ts';

export const verifyContainer = 'muster-etcd-check';
/** Of scratch folders beside the backups. */
export const checkPrefix = '.check-';
/** A large database is read before etcd answers. */
const startMs = 120_000;
const lookMs = 500;

interface Means {
  host: Host;
  containers: Containers;
  /** The backup's folder. */
  folder: string;
  /** etcd's certificates. */
  pki?: string;
}

/**
 * Restores a backup into an etcd of its own on this host, reachable on loopback with the cluster's certificates only,
 * and compares it with what the cluster's etcd held; of a backup of an external etcd only the files. Throws MusterError
 * `cluster-backup-damaged`, `cluster-backup-differs`, `etcd-restore-failed` or what the client throws.
 */
export async function verifyClusterBackup({ host, containers, folder, pki = etcdPki }: Means, backup: ClusterBackup) {
  await compareFiles(folder, backup);
  const { image } = backup;
  if (image === null) return;
  const scratch = await mkdtemp(join(dirname(folder), checkPrefix));
  try {
    const dataFolder = join(scratch, 'etcd');
    const [clients, peers] = await Promise.all([freePort(), freePort()]);
    const urls = { client: `https://127.0.0.1:${clients}`, peer: `https://127.0.0.1:${peers}` };
    const own = { image, name: verifyContainer, peerUrl: urls.peer, dataFolder };
    const snapshot = join(folder, snapshotName);
    await restoreSnapshot(host, containers, {
      ...{ ...own, container: verifyContainer, snapshot },
      ...{ hasChecksum: true, token: verifyContainer },
    });
    await containers.remove(verifyContainer);
    const mounts = [{ path: scratch }, { path: pki, readOnly: true }];
    const server = { image, name: verifyContainer, mounts, program: 'etcd', args: flags(own, urls, pki) };
    const running = containers.run(server, { timeoutMs: startMs * 2 });
    try {
      await compareKeys(await started(host, urls.client, pki), backup);
    } finally {
      await containers.remove(verifyContainer);
      await running;
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Throws MusterError `cluster-backup-damaged`. */
export async function compareFiles(folder: string, { files }: Pick<ClusterBackup, 'files'>): Promise<void> {
  const found = await sumsOf(folder);
  const wrong = [...new Set([...Object.keys(files), ...Object.keys(found)])].find(
    (name) => files[name] !== found[name],
  );
  if (wrong !== undefined) throw new MusterError('cluster-backup-damaged', { path: join(folder, wrong) });
}

async function compareKeys(client: EtcdClient, { revision, keys, keysSha256 }: ClusterBackup): Promise<void> {
  const found = await client.keyspace(revision);
  if (found.sha256 === keysSha256) return;
  throw new MusterError('cluster-backup-differs', { found: found.keys, keys, revision });
}

function flags(
  { name, dataFolder }: { name: string; dataFolder: string },
  { client, peer }: { client: string; peer: string },
  pki: string,
): string[] {
  const tls = (prefix: string, certificate: string) => [
    `--${prefix}client-cert-auth=true`,
    `--${prefix}cert-file=${pki}/${certificate}.crt`,
    `--${prefix}key-file=${pki}/${certificate}.key`,
    `--${prefix}trusted-ca-file=${pki}/ca.crt`,
  ];
  return [
    ...[`--name=${name}`, `--data-dir=${dataFolder}`],
    ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
    ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=${name}=${peer}`],
    ...tls('', 'server'),
    ...tls('peer-', 'peer'),
  ];
}

/** A client of the etcd that was just started, once it answers. Throws MusterError `etcd-unreachable`. */
async function started(host: Host, endpoint: string, folder: string): Promise<EtcdClient> {
  const client = await createEtcdClient(host, { endpoint, folder });
  if (client === null) throw new MusterError('no-etcd-member', { path: folder });
  const end = host.now().getTime() + startMs;
  for (;;) {
    try {
      await client.members({ quorum: true });
      return client;
    } catch (error) {
      if (host.now().getTime() >= end) throw error;
    }
    await host.sleep(lookMs);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
