import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { recoveryOrderSchema } from '../../shared/protocol/recovery.ts';
import { hostName } from '../../shared/protocol/text.ts';
import type { Store } from '../store/store.ts';

const setting = 'etcd-recovery';

/** `open`: the hosts that have not carried it out yet; others never receive it. Absent in an older order: all hosts. */
const noteSchema = recoveryOrderSchema.extend({ open: z.array(hostName).optional() });
type Note = z.infer<typeof noteSchema>;

/** The operator's newest decision to restore etcd; null: none. */
export function recoveryOrder({ settings }: Pick<Store, 'settings'>): Note | null {
  return noteSchema.safeParse(jsonOrUndefined(settings.get(setting) ?? '')).data ?? null;
}

export const setRecoveryOrder = ({ settings }: Pick<Store, 'settings'>, order: Note): void =>
  settings.set(setting, JSON.stringify(order));

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
  setRecoveryOrder(store, { ...order, isDone: order.isDone || isEnd, ...(open === undefined ? {} : { open }) });
  if (isEnd) store.cluster.setMembers([host]);
  return isEnd;
}
