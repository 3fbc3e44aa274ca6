import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { currentPart } from '../../shared/status/operation.ts';
import type { Store } from '../store/store.ts';
import { isLost } from './lost.ts';

/**
 * Updates the control planes that hold the cluster after a report of `host`. A control plane becomes a member once it
 * reports the cluster's data and, through its own API server, the cluster's CA. It stays one while it is silent, and
 * while its data is gone as long as another member holds the cluster. Requires a transaction. Returns whether the members
 * changed.
 */
export function noteMembers(store: Store, plan: Plan, host: string): boolean {
  const { cluster } = store;
  const before = cluster.members();
  if (before.length > 0 && isLost(store, plan)) {
    cluster.setMembers([]);
    return true;
  }
  if (before.includes(host) || hostNamed(plan, host)?.role !== 'control-plane') return false;
  if (isLeaving(store, host) || !holds(store, host)) return false;
  cluster.setMembers([...before, host]);
  return true;
}

/** A control plane that leaves still has its data, and reaches the API servers of the others. */
function isLeaving({ operations, intents }: Store, host: string): boolean {
  const operation = operations.openOf(host);
  const isRejoining = operation !== undefined && currentPart(operation)?.id === 'join';
  const intent = intents.get(host)?.kind;
  return (operation !== undefined && !isRejoining) || intent === 'retired' || intent === 'leaving';
}

function holds({ cluster, observations }: Store, host: string): boolean {
  if (observations.get(host, 'facts')?.value?.createdCluster !== 'held') return false;
  const seen = observations.get(host, 'cluster')?.value?.caSha256;
  return seen !== undefined && seen === cluster.get()?.caSha256;
}
