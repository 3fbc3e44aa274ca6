import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { recoveryOrderSchema } from '../../shared/protocol/recovery.ts';
import { hostName } from '../../shared/protocol/text.ts';
import type { Store } from '../store/store.ts';

/**
 * An order is given while the API, and with it the state that coordinators share, is lost: its coordinator keeps it in a
 * setting of its own, which outlives the state it takes over next, and from there it enters the shared setting.
 */
const settingsOf = { own: 'etcd-recovery', shared: 'recovery-order' };

const noteSchema = recoveryOrderSchema.extend({
  /** The hosts that have not carried it out yet; others never receive it. Absent in an older order: all hosts. */
  open: z.array(hostName).optional(),
  /** `isDone` has set the cluster's members. Absent: it does not. */
  isApplied: z.boolean().optional(),
});
export type RecoveryNote = z.infer<typeof noteSchema>;

type Known = Pick<Store, 'settings'>;

/** Reads a note in any form; null: it is none. */
export const readNote = (text: string | null): RecoveryNote | null =>
  noteSchema.safeParse(jsonOrUndefined(text ?? '')).data ?? null;

const ownOrder = ({ settings }: Known) => readNote(settings.get(settingsOf.own));
const sharedOrder = ({ settings }: Known) => readNote(settings.get(settingsOf.shared));

/** The operator's newest decision to restore etcd; null: none. */
export const recoveryOrder = (store: Known): RecoveryNote | null => merged(sharedOrder(store), ownOrder(store));

/** Requires a transaction. */
export function setRecoveryOrder({ settings }: Known, order: RecoveryNote): void {
  settings.set(settingsOf.shared, JSON.stringify(order));
  // The members it set are part of the state that may be replaced.
  const own = order.isApplied === undefined ? order : { ...order, isApplied: false };
  settings.set(settingsOf.own, JSON.stringify(own));
}

/** The newer order; of one order, whatever either knows to be done. `isApplied` is as the shared one says. */
function merged(shared: RecoveryNote | null, other: RecoveryNote | null): RecoveryNote | null {
  if (shared === null || other === null) return shared ?? other;
  if (shared.id !== other.id) return shared.id > other.id ? shared : other;
  const open = shared.open?.filter((host) => other.open?.includes(host) !== false);
  const { isApplied, ...order } = { ...shared, isDone: shared.isDone || other.isDone };
  const isGivenUp = isApplied === undefined || other.isApplied === undefined;
  return { ...order, ...(open === undefined ? {} : { open }), ...(isGivenUp ? {} : { isApplied }) };
}

/** What this coordinator, or the one that `offered` it, knows of an order and the shared state does not; null: nothing. */
export function unsharedOrder(store: Known, offered: RecoveryNote | null): RecoveryNote | null {
  const shared = sharedOrder(store);
  const order = merged(merged(shared, ownOrder(store)), offered);
  return isDeepStrictEqual(order, shared) ? null : order;
}

const isDue = ({ isDone, isApplied }: RecoveryNote): boolean => isDone && isApplied === false;

/** Whether `settleRecovery` has nothing to do. */
export function isSettled(store: Known, offered: RecoveryNote | null): boolean {
  const shared = sharedOrder(store);
  return unsharedOrder(store, offered) === null && (shared === null || !isDue(shared));
}

/**
 * Brings what `unsharedOrder` returns into the shared state, and sets, once, the only member that a restored cluster has.
 * Requires a transaction. Returns whether it set the members.
 */
export function settleRecovery(store: Pick<Store, 'settings' | 'cluster'>, offered: RecoveryNote | null): boolean {
  const order = unsharedOrder(store, offered) ?? sharedOrder(store);
  if (order === null) return false;
  const sets = isDue(order);
  if (sets) store.cluster.setMembers([order.host]);
  setRecoveryOrder(store, sets ? { ...order, isApplied: true } : order);
  return sets;
}

/**
 * Ends a host's part in the order once it reports that done, and the order once the host that restores does: the restored
 * cluster has that one member, and the others join it. Requires a transaction. Returns whether the order ended.
 */
export function noteRecovery(store: Store, plan: Pick<Plan, 'hosts'>, host: string): boolean {
  const order = recoveryOrder(store);
  if (order === null) return false;
  const seen = store.observations.get(host, 'facts')?.value?.recovery;
  if (seen?.id !== order.id || seen.state !== 'done') return false;
  const isEnd = order.host === host && !order.isDone && controlPlanesOf(plan).some(({ name }) => name === host);
  if (!isEnd && order.open?.includes(host) !== true) return false;
  const open = order.open?.filter((name) => name !== host);
  const rest = open === undefined ? {} : { open };
  setRecoveryOrder(store, { ...order, ...rest, ...(isEnd ? { isDone: true, isApplied: false } : {}) });
  return settleRecovery(store, null);
}

/** Rises with each order, also if another coordinator's clock was ahead: the greatest is the newest. */
export function nextOrderId(store: Known, now: Date): string {
  const last = recoveryOrder(store)?.id ?? '';
  const id = idAt(now.getTime());
  return id > last ? id : idAt(timeOf(last) + 1000);
}

/** "20261130T010000Z". */
const idAt = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');

const timeOf = (id: string): number =>
  Date.parse(id.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
