import { isSettled, readNote, settleRecovery, unsharedOrder } from '../plan/recovery-order.ts';
import type { Seen } from './lease/lease.ts';
import type { Api, Self } from './self.ts';

/** The active coordinator brings an order into the shared state that it, or another one, was given without the API. */
export function takeOrder({ store, news }: Self, offer: string): void {
  const offered = readNote(offer);
  if (isSettled(store, offered)) return;
  store.transaction(() => settleRecovery(store, offered));
  news.emit('targets');
}

/** Any other one offers it to the active one. */
export async function offerOrder({ store }: Self, { lease }: Api, { offer }: Seen): Promise<void> {
  const order = unsharedOrder(store, readNote(offer));
  const text = JSON.stringify(order);
  if (order !== null && text !== offer) await lease.offer(text);
}
