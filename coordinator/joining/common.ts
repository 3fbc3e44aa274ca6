import type { Plan } from '../../shared/plan/schema.ts';
import type { ClusterIdentity } from '../../shared/protocol/assignment.ts';
import { departedHosts } from '../plan/departed.ts';
import { runningSettings } from '../plan/in-force.ts';
import type { Store } from '../store/store.ts';
import { mayRecreate } from '../upkeep/recovery.ts';
import { type ClusterView, clusterView } from '../view/cluster.ts';

/** Inputs that the targets of all hosts share. */
export interface Common {
  plan: Plan;
  /**
   * The plan plus the hosts dropped from it, which keep their role until the operator decides, with the settings of the
   * running cluster.
   */
  known: Plan;
  identity: ClusterIdentity | null;
  cluster: ClusterView;
  recreate: boolean;
}

/** Computed once per state of plan and store, however many hosts ask. Must not be called within a transaction. */
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
  const cluster = clusterView(store, plan);
  const settings = runningSettings(store, plan, cluster.facts?.configuration ?? null) ?? plan.settings;
  return {
    plan,
    known: { ...plan, settings, hosts: [...plan.hosts, ...departedHosts(store, plan)] },
    identity: store.cluster.get(),
    cluster,
    recreate: mayRecreate(store, plan),
  };
}
