import { etcdManifest } from '../etcd/pod.ts';
import { forgetCreatedCluster, holdsCreatedCluster } from '../steps/created-cluster.ts';
import { podOf, stopControlPlane } from './control-plane.ts';
import { moveDataAside } from './data.ts';
import { isInRestored } from './quorum.ts';
import { type Means, note, type Work } from './work.ts';

/** Another host restores: this one keeps its data out of the way, and joins again afterwards. */
export async function standAside({ host, endpoint, etcdAt }: Means, work: Work): Promise<'idle' | 'wait'> {
  const { order, assignment, stage, kept } = work;
  const pod = (await holdsCreatedCluster(host)) ? await podOf(host, kept.id) : null;
  const isRestorer = kept.restorers.includes(assignment.host.name);
  const ask = { host, endpoint, etcdAt, isRestorer };
  const runs = await host.exists(etcdManifest);
  if (pod === null || (order.isDone && runs && (await isInRestored(order, assignment, { ...ask, pod })))) {
    await note(host, work, 'done');
    return 'idle';
  }
  if (stage === 'begun') await note(host, work, 'begun');
  await stopControlPlane(host, kept.id, pod.dataFolder);
  await moveDataAside(host, pod, kept.id);
  if (order.isDone) await forgetCreatedCluster(host);
  await note(host, work, order.isDone ? 'done' : 'aside', 'aside');
  return order.isDone ? 'idle' : 'wait';
}
