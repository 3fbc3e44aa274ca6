import type { Operation, OperationPart } from '../../shared/protocol/operation.ts';
import { holdRole, takePlannedRole } from '../plan/roles.ts';
import type { Store } from '../store/store.ts';
import { happened } from './words.ts';

/** Stores a changed operation, its events and what its parts did to the cluster. Requires a transaction. */
export function record(store: Store, at: Date, before: Operation, after: Operation): void {
  if (after === before) return;
  store.operations.put(after);
  for (const part of after.parts) {
    const was = before.parts.find(({ id }) => id === part.id);
    if (was?.state === part.state || part.state === 'pending') continue;
    store.events.add(at.getTime(), `part-${part.state}`, after.host, happened.part(after.kind, part));
    if (after.outcome !== 'cancelled') keepUp(store, after.host, part);
  }
  const { kind, host, outcome } = after;
  if (kind === 'convert' && outcome === 'cancelled' && before.outcome === null) holdRole(store, host);
  if (outcome === null || after.endedAt === null || before.endedAt !== null) return;
  store.events.add(at.getTime(), `${kind}-${outcome}`, host, happened.ended(kind, outcome));
}

/** A control plane whose member was removed no longer holds the cluster; a host that was reset joins as planned. */
function keepUp(store: Store, host: string, { id, state }: OperationPart): void {
  const members = store.cluster.members();
  if (id === 'remove-member' && state === 'done' && members.includes(host)) {
    store.cluster.setMembers(members.filter((name) => name !== host));
  }
  if (id === 'reset' && (state === 'done' || state === 'skipped')) takePlannedRole(store, host);
}
