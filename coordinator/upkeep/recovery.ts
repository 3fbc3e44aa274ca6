import { MusterError } from '../../shared/errors/errors.ts';
import { assign } from '../../shared/plan/assign.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { RecoveryResponse } from '../../shared/protocol/recovery.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';

/** Whether the host that created the cluster may create another in its place, should it be lost: the plan says so, or an operator did. */
export function mayRecreate(store: Store, plan: Plan): boolean {
  // What a restored copy remembers may be long past.
  if (store.revision.restored() !== null) return false;
  return plan.recovery === 'auto' || store.cluster.recovery() === caOf(store);
}

interface RecoveryContext {
  store: Store;
  plan: Plan;
  now: Date;
  news: News;
}

/**
 * An operator's word that the cluster is lost for good and is to be created anew. It holds for the cluster that is lost now and for no later one.
 * Throws MusterError 409 `cluster-not-lost` where the host that created it has not reported that it is gone.
 */
export function confirmRecovery({ store, plan, now, news }: RecoveryContext): RecoveryResponse {
  const host = plan.hosts.find(({ name }) => assign(plan, name)?.bootstrap === 'init')?.name ?? '';
  const found = store.observations.get(host, 'facts')?.value?.createdCluster;
  const lost = found === 'lost' || (found === 'none' && store.cluster.get() !== null);
  if (!lost) {
    const seen =
      found === 'held' ? `${host} still holds its cluster` : `${host} has not reported that its cluster is gone`;
    throw new MusterError('cluster-not-lost', `${seen}: there is nothing to create anew`, {
      status: 409,
      remedy: 'muster status',
    });
  }
  const caSha256 = caOf(store);
  store.transaction(() => {
    store.cluster.allowRecovery(caSha256);
    store.events.add(now.getTime(), 'recovery-confirmed', host, {
      en: `may create the cluster anew; lost: CA ${caSha256 || 'unknown'}`,
      zh: `可以重新创建集群；已丢失的 CA：${caSha256 || '未知'}`,
    });
  });
  news.emit('targets');
  return { host, lost: caSha256 };
}

/** The cluster's CA; empty: the coordinator knows of none. */
const caOf = (store: Store): string => store.cluster.get()?.caSha256 ?? '';
