import { jsonOrUndefined } from '../../shared/json.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { type RecoveryOrder, recoveryOrderSchema } from '../../shared/protocol/recovery.ts';
import type { Store } from '../store/store.ts';

const setting = 'etcd-recovery';

/** The operator's newest decision to restore etcd; null: none. */
export function recoveryOrder({ settings }: Pick<Store, 'settings'>): RecoveryOrder | null {
  return recoveryOrderSchema.safeParse(jsonOrUndefined(settings.get(setting) ?? '')).data ?? null;
}

export const setRecoveryOrder = ({ settings }: Pick<Store, 'settings'>, order: RecoveryOrder): void =>
  settings.set(setting, JSON.stringify(order));

/**
 * Ends the order once the host that restores reports it done: the restored cluster has that one member, and the others
 * join it. Requires a transaction. Returns whether it ended.
 */
export function noteRecovery(store: Store, plan: Pick<Plan, 'hosts'>, host: string): boolean {
  const order = recoveryOrder(store);
  if (order === null || order.isDone || order.host !== host) return false;
  const seen = store.observations.get(host, 'facts')?.value?.recovery;
  if (seen?.id !== order.id || seen.state !== 'done') return false;
  if (!controlPlanesOf(plan).some(({ name }) => name === host)) return false;
  setRecoveryOrder(store, { ...order, isDone: true });
  store.cluster.setMembers([host]);
  return true;
}
