import { MusterError } from '../../shared/errors/errors.ts';
import { assign } from '../../shared/plan/assign.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { RecoveryResponse } from '../../shared/protocol/recovery.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';

/** Whether a lost cluster may be re-created: the plan or an operator allows it. */
export function mayRecreate(store: Store, plan: Plan): boolean {
  // A restored database may be outdated.
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
 * Confirms that the lost cluster may be re-created. Valid for this cluster only. Throws MusterError 409
 * `cluster-not-lost` unless its host has reported the loss.
 */
export function confirmRecovery({ store, plan, now, news }: RecoveryContext): RecoveryResponse {
  const host = plan.hosts.find(({ name }) => assign(plan, name)?.bootstrap === 'init')?.name ?? '';
  const found = store.observations.get(host, 'facts')?.value?.createdCluster;
  const lost = found === 'lost' || (found === 'none' && store.cluster.get() !== null);
  if (!lost) {
    const seen =
      found === 'held'
        ? { en: `${host} still holds its cluster`, zh: `${host} 仍持有其集群` }
        : { en: `${host} has not reported that its cluster is lost`, zh: `${host} 未上报其集群已丢失` };
    throw new MusterError('cluster-not-lost', { seen });
  }
  const caSha256 = caOf(store);
  store.transaction(() => {
    store.cluster.allowRecovery(caSha256);
    store.events.add(now.getTime(), 'recovery-confirmed', host, {
      en: `allowed to re-create the cluster; lost: CA ${caSha256 || 'unknown'}`,
      zh: `允许重新创建集群；已丢失的 CA：${caSha256 || '未知'}`,
    });
  });
  news.emit('targets');
  return { host, lost: caSha256 };
}

/** The cluster's CA hash; empty if unknown. */
const caOf = (store: Store): string => store.cluster.get()?.caSha256 ?? '';
