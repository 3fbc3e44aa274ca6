import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { parseJson } from '../../shared/json.ts';
import { agentPaths } from '../../shared/paths.ts';
import { externalEtcd } from '../../shared/plan/etcd.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host, HostView } from '../host/host.ts';
import { caFingerprint } from '../kube/ca.ts';
import { output } from '../machine/program.ts';
import { type Filesystem, filesystemOf, filesystemSchema, isSameFilesystem } from './filesystem.ts';
import { keepPki } from './kept-pki.ts';

/**
 * Record of the cluster that kubeadm created here or joined as a control plane. Invariant: muster never resets a
 * control plane that holds its cluster, whatever else is broken on it, because its etcd may hold the only data. The
 * record is written after kubeadm has succeeded and distinguishes a finished init or join from an interrupted one.
 */
const record = `${agentPaths.state}/created-cluster`;
export const caFile = '/etc/kubernetes/pki/ca.crt';
const caKeyFile = '/etc/kubernetes/pki/ca.key';
const etcdFolder = '/var/lib/etcd';
export const etcdMember = `${etcdFolder}/member`;

const recordSchema = z.object({
  /** SHA-256 of the CA certificate's DER, in hexadecimal. */
  caSha256: z.string(),
  /** The file system that held etcd's data. */
  etcd: filesystemSchema,
  /** The data is in an etcd that the site runs: what is below /var/lib/etcd is not the cluster's. */
  isExternal: z.boolean().default(false),
  /** Identity of etcd's data: the UID of the namespace kube-system. Absent: not seen yet. */
  dataUid: z.string().optional(),
});

/** With an external etcd the PKI is kept as well: data without its CA is useless. */
export async function recordCreatedCluster(host: Host, settings: Pick<ClusterSettings, 'etcd'>): Promise<void> {
  // kubeadm syncs nothing: after a loss of power the record would outlive the files that it vouches for.
  await output(host, 'sync', ['--file-system', '/etc/kubernetes', '/var/lib/kubelet']);
  const isExternal = externalEtcd(settings) !== null;
  if (isExternal) await keepPki(host);
  const content = { caSha256: await currentCa(host), etcd: await filesystemOf(host, etcdFolder), isExternal };
  await host.writeFile(record, `${JSON.stringify(content)}\n`, { mode: 0o600 });
}

/**
 * Identity of the data that this cluster's etcd holds; null: none is recorded. Throws MusterError `record-unreadable`.
 */
export const recordedDataUid = async (host: HostView): Promise<string | null> =>
  (await readRecord(host))?.dataUid ?? null;

/** Does nothing on a host that holds no cluster. Throws MusterError `record-unreadable`. */
export async function recordDataUid(host: Host, dataUid: string): Promise<void> {
  const recorded = await readRecord(host);
  if (recorded === null) return;
  await host.writeFile(record, `${JSON.stringify({ ...recorded, dataUid })}\n`, { mode: 0o600 });
}

/** Deletes the record, before another cluster is created or once the host has left. */
export const forgetCreatedCluster = (host: Host): Promise<void> => host.removeFile(record);

/**
 * State of the cluster that this host holds as a control plane. An operator's `kubeadm reset` removes the CA, its key
 * and etcd's data, and so ends it. Throws MusterError `record-unreadable`, so that a cluster is never assumed lost by
 * mistake.
 */
export async function createdCluster(host: Host): Promise<'none' | 'held' | 'lost'> {
  const recorded = await readRecord(host);
  if (recorded === null) return 'none';
  const [data, key] = await Promise.all([host.exists(etcdMember), host.exists(caKeyFile)]);
  const isData = data && !recorded.isExternal;
  return isData || key || recorded.caSha256 === (await currentCa(host)) ? 'held' : 'lost';
}

export const holdsCreatedCluster = async (host: Host): Promise<boolean> => (await createdCluster(host)) === 'held';

/**
 * Why a cluster that is no longer held may still exist; null: it is gone, or there was none. Throws MusterError
 * `record-unreadable`.
 */
export async function traceOfCreatedCluster(host: Host): Promise<{ message: LocalText; remedy: LocalText } | null> {
  const recorded = await readRecord(host);
  if (recorded === null || recorded.isExternal) return null;
  const there = await host.list(etcdFolder);
  if (there.length > 0) {
    const names = there.slice(0, 3).join(', ');
    return {
      message: {
        en: `${etcdFolder} is not empty (${names}), which may be the cluster’s data`,
        zh: `${etcdFolder} 不为空（${names}），可能是集群的数据`,
      },
      remedy: {
        en: `move the data you need elsewhere, then run on this host: rm -rf ${etcdFolder}/*`,
        zh: `先移走需要的数据，然后在该主机上运行：rm -rf ${etcdFolder}/*`,
      },
    };
  }
  const now = await filesystemOf(host, etcdFolder);
  if (isSameFilesystem(recorded.etcd, now)) return null;
  return {
    message: {
      en: `etcd’s data was on ${describe(recorded.etcd)}, which is not mounted; ${etcdFolder} is on ${describe(now)}`,
      zh: `etcd 的数据曾在 ${describe(recorded.etcd)}，现未挂载；${etcdFolder} 位于 ${describe(now)}`,
    },
    remedy: {
      en: `mount it; if it is permanently lost, run on this host: rm ${record}`,
      zh: `挂载它；如果已永久丢失，在该主机上运行：rm ${record}`,
    },
  };
}

function describe({ mountPoint, uuid, kind }: Filesystem): string {
  const more = [kind, uuid && `UUID ${uuid}`].filter(Boolean).join(', ');
  return `${mountPoint}${more && ` (${more})`}`;
}

async function readRecord(host: HostView): Promise<z.infer<typeof recordSchema> | null> {
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
    // A truncated file is not the recorded certificate.
    return null;
  }
}
