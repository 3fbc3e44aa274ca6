import type { RecoveryOrder } from '../../shared/protocol/recovery.ts';
import type { Containers } from '../etcd/container.ts';
import type { EtcdPod } from '../etcd/pod.ts';
import { restoreSnapshot } from '../etcd/restore.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import { dataAside } from './folders.ts';
import { type Sources, sourceOf } from './source.ts';

interface Means extends Sources {
  containers: Containers;
}

/**
 * Moves etcd's data aside. Nothing is deleted or replaced: data beside that of before the order, which an interrupted
 * attempt restored, gets a name of its own. Succeeds if there is none.
 */
export async function moveDataAside(host: Host, pod: EtcdPod, id: string): Promise<void> {
  const [from, first] = [`${pod.dataFolder}/member`, `${dataAside(pod, id)}/member`];
  if (!(await host.exists(from))) return;
  const to = (await host.exists(first)) ? `${first}-${host.now().getTime()}` : first;
  await output(host, 'mkdir', ['-p', '-m', '0700', dataAside(pod, id)]);
  await move(host, from, to);
}

/** Gives etcd the data back that it had, if there was any. false: an attempt has put other data in its place. */
export async function moveDataBack(host: Host, pod: EtcdPod, id: string, wasMoved: boolean): Promise<boolean> {
  const [from, to] = [`${dataAside(pod, id)}/member`, `${pod.dataFolder}/member`];
  const [isAside, isThere] = [await host.exists(from), await host.exists(to)];
  if (isThere) return !isAside && !wasMoved;
  if (isAside) await move(host, from, to);
  return true;
}

const move = (host: Host, from: string, to: string) =>
  output(host, 'mv', ['--no-target-directory', from, to], { timeoutMs: 15 * 60_000 });

/**
 * Restores what the order names into etcd's folder, as the only member under exactly the name and URL of its manifest.
 * Throws what `sourceOf` throws, and MusterError `etcd-restore-failed`.
 */
export async function restoreData(means: Means, pod: EtcdPod, order: RecoveryOrder, kept: string) {
  const { host, containers } = means;
  const isMember = order.from === 'member';
  // The agent was stopped after an attempt had put its data there, before that was recorded.
  await moveDataAside(host, pod, kept);
  const snapshot = await sourceOf(means, pod, order, kept);
  const fresh = `${pod.dataFolder}/restored`;
  await restoreSnapshot(host, containers, {
    ...{
      image: pod.image,
      container: 'muster-etcd-restore',
      name: pod.name,
      peerUrl: pod.peerUrl,
      snapshot,
      dataFolder: fresh,
    },
    // A member's own database has no checksum; clients have seen newer revisions than those of a backup.
    ...{ hasChecksum: !isMember, bump: !isMember, token: `muster-${order.id}` },
  });
  await move(host, `${fresh}/member`, `${pod.dataFolder}/member`);
  await host.removeTree(fresh);
}
