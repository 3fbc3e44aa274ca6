import { MusterError } from '../../shared/errors/errors.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { RecoveryPreview, RecoveryRequest, RecoveryResponse } from '../../shared/protocol/recovery.ts';
import { listText } from '../../shared/text/list.ts';
import { founder, holders } from '../plan/founder.ts';
import { holding } from '../plan/lost.ts';
import { recoveryOrder, setRecoveryOrder } from '../plan/recovery-order.ts';
import type { Store } from '../store/store.ts';
import { canRestore, type EtcdRecoveryContext, orderRestore, previewRestore } from './etcd-recovery.ts';

/** Whether a lost cluster may be re-created: the plan or an operator allows it, and no control plane has its data. */
export function mayRecreate(store: Store, plan: Plan): boolean {
  // A restored database may be outdated.
  if (store.revision.restored() !== null || holding(store, plan).length > 0) return false;
  return plan.recovery === 'auto' || store.cluster.recovery() === caOf(store);
}

type RecoveryContext = EtcdRecoveryContext;

/** What `recoverCluster` would do now. Throws what it throws. */
export function previewRecovery(context: RecoveryContext, request: RecoveryRequest): RecoveryPreview {
  if (restores(context, request)) return previewRestore(context, request);
  const { store, plan } = context;
  refuseHeld(store, plan);
  return { kind: 'recreate', host: founder(store, plan) ?? '', lost: caOf(store) };
}

/**
 * Has etcd restored where a control plane still holds the cluster, else allows the cluster to be re-created. Throws
 * MusterError 409 `cluster-not-lost`, or what `previewRestore` throws.
 */
export const recoverCluster = (context: RecoveryContext, request: RecoveryRequest): RecoveryResponse =>
  restores(context, request) ? orderRestore(context, request) : confirmRecovery(context);

/** Whoever names a source never gets an empty cluster. */
const restores = (context: RecoveryContext, { host, fromBackup }: RecoveryRequest): boolean =>
  canRestore(context) || host !== undefined || fromBackup === true;

/**
 * Confirms that the lost cluster may be re-created. Valid for this cluster only. Throws MusterError 409
 * `cluster-not-lost` unless every control plane that held it has reported the loss.
 */
function confirmRecovery({ store, plan, now, news }: RecoveryContext): RecoveryResponse {
  refuseHeld(store, plan);
  const host = founder(store, plan) ?? '';
  const caSha256 = caOf(store);
  const order = recoveryOrder(store);
  store.transaction(() => {
    if (order !== null) {
      const { isApplied: _, ...given } = order;
      setRecoveryOrder(store, { ...given, isDone: true });
    }
    store.cluster.allowRecovery(caSha256);
    store.events.add(now.getTime(), 'recovery-confirmed', host, {
      en: `allowed to re-create the cluster; lost: CA ${caSha256 || 'unknown'}`,
      zh: `允许重新创建集群；已丢失的 CA：${caSha256 || '未知'}`,
    });
  });
  news.emit('targets');
  return { host, lost: caSha256 };
}

/** Throws MusterError 409 `cluster-not-lost`. */
function refuseHeld(store: Store, plan: Plan): void {
  const found = (host: string) => store.observations.get(host, 'facts')?.value?.createdCluster;
  const held = holders(store, plan);
  const isLost = (host: string) => found(host) === 'lost' || (found(host) === 'none' && store.cluster.get() !== null);
  const kept = listText(holding(store, plan));
  if (kept.en !== '') {
    const seen = { en: `${kept.en} still holds the cluster`, zh: `${kept.zh} 仍持有集群` };
    throw new MusterError('cluster-not-lost', { seen });
  }
  const unsaid = listText(held.filter((host) => !isLost(host)));
  if (unsaid.en === '' && held.length > 0) return;
  const seen = { en: `${unsaid.en} has not reported that the cluster is lost`, zh: `${unsaid.zh} 未上报集群已丢失` };
  throw new MusterError('cluster-not-lost', { seen });
}

/** The cluster's CA hash; empty if unknown. */
const caOf = (store: Store): string => store.cluster.get()?.caSha256 ?? '';
