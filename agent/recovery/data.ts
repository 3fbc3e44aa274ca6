import { MusterError } from '../../shared/errors/errors.ts';
import type { RecoveryOrder } from '../../shared/protocol/recovery.ts';
import { snapshotName } from '../backup/manifest.ts';
import { openShelf } from '../backup/shelf.ts';
import type { Containers } from '../etcd/container.ts';
import type { EtcdPod } from '../etcd/pod.ts';
import { restoreSnapshot } from '../etcd/restore.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';

interface Means {
  host: Host;
  containers: Containers;
  /** Folder of the backups on this host. */
  backups: string;
}

/** Where an order keeps the data that etcd had before it. */
export const dataAside = ({ dataFolder }: EtcdPod, id: string): string => `${dataFolder}-before-${id}`;

/**
 * Moves etcd's data aside. Nothing is deleted or replaced: data beside that of before the order, which an interrupted
 * attempt restored, gets a name of its own. Succeeds if there is none.
 */
export async function moveDataAside(host: Host, pod: EtcdPod, id: string): Promise<void> {
  const [from, first] = [`${pod.dataFolder}/member`, `${dataAside(pod, id)}/member`];
  if (!(await host.exists(from))) return;
  const to = (await host.exists(first)) ? `${first}-${host.now().getTime()}` : first;
  await output(host, 'mkdir', ['-p', '-m', '0700', dataAside(pod, id)]);
  await output(host, 'mv', ['--no-target-directory', from, to], { timeoutMs: 15 * 60_000 });
}

/**
 * Restores what the order names into etcd's folder, as the only member under exactly the name and URL of its manifest.
 * Throws MusterError `etcd-data-missing` or `etcd-restore-failed`.
 */
export async function restoreData({ host, containers, backups }: Means, pod: EtcdPod, order: RecoveryOrder) {
  const { id, from } = order;
  const isMember = from === 'member';
  const snapshot = isMember
    ? `${dataAside(pod, id)}/member/snap/db`
    : `${openShelf(backups).path(from)}/${snapshotName}`;
  if (!(await host.exists(snapshot))) throw new MusterError('etcd-data-missing', { path: snapshot });
  // The agent was stopped after an attempt had put its data there, before that was recorded.
  await moveDataAside(host, pod, id);
  const fresh = `${pod.dataFolder}/restored`;
  await host.removeTree(fresh);
  await restoreSnapshot(host, containers, {
    ...{ image: pod.image, name: pod.name, peerUrl: pod.peerUrl, snapshot, dataFolder: fresh },
    // A member's own database has no checksum; clients have seen newer revisions than those of a backup.
    ...{ hasChecksum: !isMember, bump: !isMember, token: `muster-${id}` },
  });
  await output(host, 'mv', ['--no-target-directory', `${fresh}/member`, `${pod.dataFolder}/member`]);
  await host.removeTree(fresh);
}
