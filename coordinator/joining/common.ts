import type { ClusterSettings, Plan, PlannedHost } from '../../shared/plan/schema.ts';
import type { ClusterIdentity } from '../../shared/protocol/assignment.ts';
import { departedEntries, departedHosts } from '../plan/departed.ts';
import { holders } from '../plan/founder.ts';
import { runningSettings } from '../plan/in-force.ts';
import { mayHold } from '../plan/lost.ts';
import { kept } from '../store/kept.ts';
import type { Store } from '../store/store.ts';
import { mayRecreate } from '../upkeep/recovery.ts';
import type { ClusterView } from '../view/cluster.ts';

/** Inputs that the targets of all hosts share. */
export interface Common {
  plan: Plan;
  /**
   * The plan plus the hosts dropped from it, which keep their role until the operator decides, with the settings of the
   * running cluster.
   */
  known: Plan;
  identity: ClusterIdentity | null;
  members: readonly string[];
  cluster: ClusterView;
  recreate: boolean;
}

export interface CommonOptions {
  store: Store;
  plan: () => Plan;
  /** Whether a control plane can perform duties. */
  isAvailable: (host: string) => boolean;
  cluster: () => ClusterView;
}

/**
 * Computed once per plan, set of hosts and state of the cluster, however many hosts ask. Must not be called within a
 * transaction.
 */
export function createCommon({ store, plan, isAvailable, cluster: current }: CommonOptions): () => Common {
  const hosts = kept(
    () => [plan(), store.marks.roles(), departedEntries(store, plan())],
    () => [...plan().hosts, ...departedHosts(store, plan())],
  );
  // What the holders report tells whether the cluster still exists.
  const held = kept(
    () => [plan(), store.marks.cluster()],
    () => holders(store, plan()),
  );
  const reporting = kept(
    () => [plan(), held()],
    () => mayHold(store, plan()),
  );
  const available = () => held().filter(isAvailable).join();
  return kept(
    () => [plan(), hosts(), store.marks.cluster(), available(), ...reporting().map(store.observations.changes)],
    () => {
      const cluster = current();
      const running = runningSettings(store, plan(), cluster.facts?.configuration ?? null) ?? plan().settings;
      const settings = withMembers(running, hosts(), store.cluster.members());
      return {
        plan: plan(),
        known: { ...plan(), settings, hosts: hosts() },
        identity: store.cluster.get(),
        members: store.cluster.members(),
        cluster,
        recreate: mayRecreate(store, plan()),
      };
    },
  );
}

/** Hosts find the API servers of control planes that the plan has dropped until those have left. */
function withMembers(settings: ClusterSettings, known: readonly PlannedHost[], members: readonly string[]) {
  const isNamed = (host: PlannedHost) => settings.hosts.some(({ name }) => name === host.name);
  const leaving = known.filter((host) => members.includes(host.name) && !isNamed(host));
  if (leaving.length === 0) return settings;
  return {
    ...settings,
    hosts: [...settings.hosts, ...leaving.map(({ name, address, role }) => ({ name, address, role }))],
  };
}
