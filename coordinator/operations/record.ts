import type { Operation } from '../../shared/protocol/operation.ts';
import type { Store } from '../store/store.ts';
import { happened } from './words.ts';

/** Stores a changed operation and its events. Requires a transaction. */
export function record(store: Store, at: Date, before: Operation, after: Operation): void {
  if (after === before) return;
  store.operations.put(after);
  for (const part of after.parts) {
    const was = before.parts.find(({ id }) => id === part.id);
    if (was?.state === part.state || part.state === 'pending') continue;
    store.events.add(at.getTime(), `part-${part.state}`, after.host, happened.part(after.kind, part));
  }
  const { kind, host, outcome } = after;
  if (outcome === null || after.endedAt === null || before.endedAt !== null) return;
  store.events.add(at.getTime(), `${kind}-${outcome}`, host, happened.ended(kind, outcome));
}
