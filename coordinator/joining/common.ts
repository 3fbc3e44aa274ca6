import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { ClusterIdentity } from '../../shared/protocol/assignment.ts';
import { departedHosts } from '../plan/departed.ts';
import { runningSettings } from '../plan/in-force.ts';
import { kept } from '../store/kept.ts';
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

/**
 * Computed once per plan, set of hosts and state of the cluster, however many hosts ask. Must not be called within a
 * transaction.
 */
export function createCommon({ store, plan }: { store: Store; plan: () => Plan }): () => Common {
  const hosts = kept(
    () => [plan(), store.marks.members()],
    () => [...plan().hosts, ...departedHosts(store, plan())],
  );
  // What the first control plane reports tells whether its cluster still exists.
  const founderChanges = () => store.observations.changes(controlPlanesOf(plan())[0]?.name ?? '');
  return kept(
    () => [plan(), hosts(), store.marks.cluster(), founderChanges()],
    () => {
      const cluster = clusterView(store, plan());
      const settings = runningSettings(store, plan(), cluster.facts?.configuration ?? null) ?? plan().settings;
      return {
        plan: plan(),
        known: { ...plan(), settings, hosts: hosts() },
        identity: store.cluster.get(),
        cluster,
        recreate: mayRecreate(store, plan()),
      };
    },
  );
}
