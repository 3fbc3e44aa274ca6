import type { Plan } from '../../shared/plan/schema.ts';
import type { ClusterIdentity } from '../../shared/protocol/assignment.ts';
import { departedHosts } from '../plan/departed.ts';
import type { Store } from '../store/store.ts';
import { mayRecreate } from '../upkeep/recovery.ts';
import { type ClusterView, clusterView } from '../view/cluster.ts';

/** What the targets of all hosts have in common. */
export interface Common {
  plan: Plan;
  /** The plan with the hosts that it has dropped: each is still what it was, until the operator says what becomes of it. */
  known: Plan;
  identity: ClusterIdentity | null;
  cluster: ClusterView;
  recreate: boolean;
}

/** Computes it once for each state of the plan and the store, however many hosts ask. Not to be called within a transaction. */
export function createCommon({ store, plan }: { store: Store; plan: () => Plan }): () => Common {
  let last: { changes: number; common: Common } | null = null;

  return () => {
    const current = plan();
    const changes = store.changes();
    if (last?.changes !== changes || last.common.plan !== current) last = { changes, common: read(store, current) };
    return last.common;
  };
}

function read(store: Store, plan: Plan): Common {
  return {
    plan,
    known: { ...plan, hosts: [...plan.hosts, ...departedHosts(store, plan)] },
    identity: store.cluster.get(),
    cluster: clusterView(store, plan),
    recreate: mayRecreate(store, plan),
  };
}
