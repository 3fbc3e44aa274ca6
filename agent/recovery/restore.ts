import { createEtcdClient } from '../etcd/client.ts';
import { containersOf } from '../etcd/container.ts';
import { adoptData } from '../etcd/data-identity.ts';
import type { Host } from '../host/host.ts';
import { podOf, startPods, stopControlPlane } from './control-plane.ts';
import { moveDataAside, restoreData } from './data.ts';
import { removeGhosts } from './ghosts.ts';
import { sourceOf } from './source.ts';
import { waitForApiServer, waitForEtcd } from './started.ts';
import { isBefore, type Stage } from './state.ts';
import { type Means, note, type Work } from './work.ts';

/** Runs what is left of the order's stages on the host that restores. */
export async function restore({ host, log, endpoint, backups }: Means, work: Work): Promise<void> {
  const { order, assignment, stage: from, kept } = work;
  const pod = await podOf(host, kept.id);
  const containers = containersOf(host, assignment.settings.runtime.name);
  if (from === 'begun') {
    await sourceOf({ host, backups }, pod, order, kept.id);
    await note(host, work, 'begun');
  }
  const stages: [stage: Stage, act: () => Promise<void>][] = [
    ['stopped', () => stopControlPlane(host, kept.id, pod.dataFolder)],
    ['aside', () => moveDataAside(host, pod, kept.id)],
    ['restored', () => restoreData({ host, containers, backups }, pod, order, kept.id)],
    ['started', () => startPods(host, kept.id, (name) => name === 'etcd').then(() => waitForEtcd(host, endpoint))],
    ['done', () => startPods(host, kept.id, () => true).then(() => waitForApiServer(host))],
  ];
  for (const [stage, act] of stages.filter(([one]) => isBefore(from, one))) {
    log.info('restoring etcd', { stage, from: order.from });
    await act();
    if (stage === 'done') {
      await removeGhosts(host, assignment);
      if (order.from !== 'member') await adoptRestored(host, endpoint);
    }
    await note(host, work, stage);
  }
}

async function adoptRestored(host: Host, endpoint: string | undefined): Promise<void> {
  const client = await createEtcdClient(host, endpoint === undefined ? {} : { endpoint });
  if (client !== null) await adoptData(host, client);
}
