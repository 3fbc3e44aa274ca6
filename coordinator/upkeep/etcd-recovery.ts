import { MusterError } from '../../shared/errors/errors.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { RecoveryPreview, RecoveryRequest, RecoveryResponse } from '../../shared/protocol/recovery.ts';
import { usesExternalEtcd } from '../plan/external-etcd.ts';
import { nextOrderId, recoveryOrder, setRecoveryOrder } from '../plan/recovery-order.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import { type Candidate, choose, isHeld, isReplaced, isRestoring, unrestorable } from './recovery-choice.ts';

export interface EtcdRecoveryContext {
  store: Store;
  plan: Plan;
  now: Date;
  news: News;
  /** Whether a control plane was heard recently. */
  isAvailable: (host: string) => boolean;
}

type Restore = Extract<RecoveryPreview, { kind: 'restore' }>;

/** Whether a control plane still holds the data of the cluster, or a backup of it. */
export const canRestore = (context: EtcdRecoveryContext): boolean => candidates(context).some(isHeld);

/**
 * What would be restored, and where: the newest data of a member that runs without a leader, or the newest backup.
 * A backup only at the operator's request. Throws MusterError 409 `cluster-not-lost`, `nothing-to-restore`,
 * `etcd-data-replaced` or `etcd-restored-by-site`.
 */
export function previewRestore(context: EtcdRecoveryContext, request: RecoveryRequest): Restore {
  const all = candidates(context);
  const isQuorum = (one: Candidate) => !isReplaced(one) && !isRestoring(context.store, one);
  const leading = all.find((one) => (one.facts.etcd?.leader ?? null) !== null && isQuorum(one));
  if (leading !== undefined) {
    const seen = {
      en: `etcd has a quorum, as ${leading.name} reports`,
      zh: `${leading.name} 上报 etcd 有法定人数`,
    };
    throw new MusterError('cluster-not-lost', { seen });
  }
  if (usesExternalEtcd(context.store, context.plan)) throw new MusterError('etcd-restored-by-site');
  const chosen = choose(all, request);
  if (chosen === null) throw unrestorable(context.plan, all, request);
  const { name, facts } = chosen;
  const newest = facts.clusterBackup?.newest ?? null;
  const isBackup = request.fromBackup === true;
  return {
    kind: 'restore',
    host: name,
    from: isBackup && newest !== null ? newest.name : 'member',
    backupAt: isBackup && newest !== null ? newest.at : null,
    others: all.filter((one) => one !== chosen && isHeld(one)).map((one) => one.name),
    backup: newest?.name ?? null,
    isReplaced: all.some(isReplaced),
  };
}

/** Records the operator's decision, which the control planes carry out. Throws what `previewRestore` throws. */
export function orderRestore(context: EtcdRecoveryContext, request: RecoveryRequest): RecoveryResponse {
  const { store, plan, now, news } = context;
  const { host, from } = previewRestore(context, request);
  const id = nextOrderId(store, now);
  const open = controlPlanesOf(plan).map(({ name }) => name);
  store.transaction(() => {
    setRecoveryOrder(store, { id, host, from, isDone: false, open, isApplied: false });
    store.events.add(now.getTime(), 'recovery-confirmed', host, {
      en: `restore etcd on ${host} from ${from === 'member' ? 'its own data' : from}`,
      zh: `在 ${host} 上恢复 etcd，来源：${from === 'member' ? '其自身数据' : from}`,
    });
  });
  news.emit('targets');
  return { host, lost: '', from };
}

/** The order, as part of the target of each control plane that has not carried it out. */
export function recoveryTarget({ store, plan }: { store: Store; plan: () => Plan }) {
  return (host: string): Pick<Target, 'recovery'> => {
    const isControlPlane = controlPlanesOf(plan()).some(({ name }) => name === host);
    const order = isControlPlane ? recoveryOrder(store) : null;
    if (order === null) return {};
    const { open, isApplied: _, ...recovery } = order;
    return open?.includes(host) === false ? {} : { recovery };
  };
}

function candidates({ store, plan, isAvailable }: EtcdRecoveryContext): Candidate[] {
  return controlPlanesOf(plan).flatMap(({ name }) => {
    const facts = store.observations.get(name, 'facts')?.value;
    return facts === undefined || !isAvailable(name) ? [] : [{ name, facts }];
  });
}
