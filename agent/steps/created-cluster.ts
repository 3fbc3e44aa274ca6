import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { parseJson } from '../../shared/json.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Host } from '../host/host.ts';
import { caFingerprint } from '../kube/ca.ts';
import { type Filesystem, filesystemOf, filesystemSchema, isSameFilesystem } from './filesystem.ts';

/**
 * Invariant: a cluster that kubeadm init has finished is never reset by muster, whatever else is broken on its control plane; its etcd is
 * all there is. What tells a finished init from a half-done one is this record, written when kubeadm has succeeded.
 */
const record = `${agentPaths.state}/created-cluster`;
export const caFile = '/etc/kubernetes/pki/ca.crt';
const caKeyFile = '/etc/kubernetes/pki/ca.key';
const etcdFolder = '/var/lib/etcd';
export const etcdMember = `${etcdFolder}/member`;

const recordSchema = z.object({
  /** SHA-256 of the CA certificate's DER. */
  caSha256: z.string(),
  /** Where etcd's data was. */
  etcd: filesystemSchema,
});

export async function recordCreatedCluster(host: Host): Promise<void> {
  const content = { caSha256: await currentCa(host), etcd: await filesystemOf(host, etcdFolder) };
  await host.writeFile(record, `${JSON.stringify(content)}\n`, { mode: 0o600 });
}

/** Before another is created in its place. */
export const forgetCreatedCluster = (host: Host): Promise<void> => host.removeFile(record);

/**
 * What became of a cluster that was finished here. The operator's own `kubeadm reset` takes the CA, its key and etcd's data away, and
 * so ends it. Throws MusterError `record-unreadable` rather than take a cluster for none.
 */
export async function createdCluster(host: Host): Promise<'none' | 'held' | 'lost'> {
  const recorded = await readRecord(host);
  if (recorded === null) return 'none';
  const [data, key] = await Promise.all([host.exists(etcdMember), host.exists(caKeyFile)]);
  return data || key || recorded.caSha256 === (await currentCa(host)) ? 'held' : 'lost';
}

export const holdsCreatedCluster = async (host: Host): Promise<boolean> => (await createdCluster(host)) === 'held';

/** Why it can't be said that a cluster that was finished here, and is not held any more, is really gone; null: it is gone, or there was none. */
export async function traceOfCreatedCluster(host: Host): Promise<{ message: string; remedy: string } | null> {
  const recorded = await readRecord(host);
  if (recorded === null) return null;
  const there = await host.list(etcdFolder);
  if (there.length > 0) {
    const message = `${etcdFolder} is not empty (${there.slice(0, 3).join(', ')}): that may be the cluster’s data`;
    return { message, remedy: `look at it, move away what is needed, then on this host: rm -rf ${etcdFolder}/*` };
  }
  const now = await filesystemOf(host, etcdFolder);
  if (isSameFilesystem(recorded.etcd, now)) return null;
  return {
    message: `etcd’s data was on ${describe(recorded.etcd)}, which is not mounted now (${etcdFolder} is on ${describe(now)})`,
    remedy: `mount it; if it is lost for good, on this host: rm ${record}`,
  };
}

function describe({ mountPoint, uuid, kind }: Filesystem): string {
  const more = [kind, uuid && `UUID ${uuid}`].filter(Boolean).join(', ');
  return `the file system of ${mountPoint}${more && ` (${more})`}`;
}

async function readRecord(host: Host): Promise<z.infer<typeof recordSchema> | null> {
  const text = (await host.readFile(record))?.trim();
  if (text === undefined) return null;
  try {
    return parseJson(recordSchema, text);
  } catch (cause) {
    throw new MusterError('record-unreadable', { path: record }, { cause });
  }
}

async function currentCa(host: Host): Promise<string | null> {
  const pem = await host.readFile(caFile);
  try {
    return pem === null ? null : caFingerprint(pem);
  } catch {
    // Cut off in the middle: whatever it was, it is not the recorded one any more.
    return null;
  }
}
