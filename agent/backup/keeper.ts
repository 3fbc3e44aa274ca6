import { messageOf, textOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Runtime } from '../../shared/plan/schema.ts';
import type { ClusterBackupWish } from '../../shared/protocol/assignment.ts';
import { createEtcdClient } from '../etcd/client.ts';
import { containersOf } from '../etcd/container.ts';
import { noteData } from '../etcd/data-identity.ts';
import { runningExternalEtcd } from '../etcd/external/access.ts';
import { etcdManifest } from '../etcd/pod.ts';
import type { Host } from '../host/host.ts';
import { recordedDataUid } from '../steps/created-cluster.ts';
import { removeLeftovers } from './leftovers.ts';
import { etcdToBackUp, makeClusterBackup } from './make.ts';
import type { ClusterBackup } from './manifest.ts';
import { sealClusterBackup } from './sealed.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { readBackupState, writeBackupState } from './state.ts';
import { verifyClusterBackup } from './verify.ts';

interface Means {
  host: Host;
  log: Logger;
  /** Where the backups are. */
  folder: string;
  /** Instead of this host's own member. */
  endpoint?: string;
  /** Sends an encrypted backup to the coordinator, for the hosts that keep copies. */
  upload(name: string, content: Buffer): Promise<void>;
  /** Called when the facts about backups have changed. */
  onChange(): void;
}

export interface ClusterBackupTask extends ClusterBackupWish {
  /** This host's name in the plan. */
  name: string;
  runtime: Runtime['name'];
}

/** Each is as large as etcd's database. */
const mostKept = 8;

/** Makes, keeps and verifies the backups of the cluster on this control plane; one thing at a time. */
export function createClusterBackups({ host, log, folder, upload, onChange, ...at }: Means) {
  const shelf = openShelf(folder);
  let task: ClusterBackupTask | null = null;
  let last: Promise<unknown> = removeLeftovers(host, folder).catch((error) => log.warn(messageOf(error)));

  /** Notes the result of one piece of work; a failure is a fact, not an error of the agent. */
  async function attempt(what: 'backup' | 'verification', work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      const { failure, ...state } = await readBackupState(folder);
      await writeBackupState(folder, { ...state, failure: failure?.what === what ? null : failure });
      return true;
    } catch (error) {
      const { en, zh } = textOf(error);
      log.warn(`${what} of the cluster failed: ${en}`);
      const failure = { what, at: host.now().toISOString(), message: { en: en.slice(0, 2000), zh: zh.slice(0, 2000) } };
      await writeBackupState(folder, { ...(await readBackupState(folder)), failure });
      return false;
    } finally {
      onChange();
    }
  }

  const make = ({ name, keep, recipient, isUnsigned = false }: ClusterBackupTask) =>
    attempt('backup', async () => {
      const made = await makeClusterBackup({ host, shelf, name, ...at });
      await shelf.keep(Math.min(keep, mostKept));
      log.info('backed up the cluster', { name: made });
      if (recipient !== undefined && (await isToUpload(host))) {
        await upload(`${made}.tar.gz.age`, await sealClusterBackup(host, shelf, made, { recipient, isUnsigned }));
      }
    });

  const verify = ({ runtime }: ClusterBackupTask) =>
    attempt('verification', async () => {
      const newest = await shelf.newest();
      if (newest === null) return;
      const containers = containersOf(host, runtime);
      await verifyClusterBackup({ host, containers, folder: shelf.path(newest.name) }, newest);
      if (newest.image === null) return;
      const verified = { name: newest.name, at: host.now().toISOString() };
      await writeBackupState(folder, { ...(await readBackupState(folder)), verified });
      log.info('restored the cluster’s backup into an etcd of its own', { name: newest.name });
    });

  async function makeDue(wanted: ClusterBackupTask): Promise<void> {
    if (!(await host.exists(etcdManifest)) && (await runningExternalEtcd(host)) === null) return;
    const source = await etcdToBackUp(host, at.endpoint);
    // Data that is replaced later must differ from a record; etcd that does not answer is noted with the next look.
    if (source !== null) await noteData(host, source.client).catch((error) => log.warn(messageOf(error)));
    const { request = null } = wanted;
    const [newest, state] = await Promise.all([newestOfCluster(host, shelf), readBackupState(folder)]);
    const isAsked = request !== null && request !== state.request;
    const isDue = host.now().getTime() - Date.parse(newest?.createdAt ?? '1970-01-01T00:00:00Z') >= wanted.everyMs;
    if (!isAsked && !isDue) return;
    const isMade = await make(wanted);
    // The first one, too, so that a young cluster is known to be restorable.
    if (isMade && (isAsked || newest === null)) await verify(wanted);
    if (isAsked) await writeBackupState(folder, { ...(await readBackupState(folder)), request });
    if (isAsked) onChange();
  }

  /** One after the other. */
  function queue(work: (wanted: ClusterBackupTask) => Promise<unknown>): Promise<void> {
    const next = last.then(async () => {
      if (task !== null) await work(task);
    });
    last = next.catch(() => undefined);
    return next;
  }

  return {
    /** Sets what is wanted; null: no backups of the cluster here. */
    want(next: ClusterBackupTask | null): void {
      task = next;
    },
    /** Makes a backup if one is due or asked for. */
    look: () => queue(makeDue),
    /** Verifies the newest backup. */
    verify: () => queue(verify),
  };
}

/** null: there is none, or only of a cluster that this host held before. */
async function newestOfCluster(host: Host, shelf: Shelf): Promise<ClusterBackup | null> {
  const [newest, dataUid] = [await shelf.newest(), await recordedDataUid(host)];
  const isOther = newest?.dataUid !== undefined && dataUid !== null && newest.dataUid !== dataUid;
  return isOther ? null : newest;
}

/** One control plane is enough for the copies, as all hold the same; with an external etcd none stands out. */
async function isToUpload(host: Host): Promise<boolean> {
  if ((await runningExternalEtcd(host)) !== null) return true;
  const status = await (await createEtcdClient(host))?.status();
  return status !== undefined && status.leader === status.id;
}
