import type { Assignment, ClusterIdentity } from '../protocol/assignment.ts';
import { controlPlanesOf, hostNamed } from './lookup.ts';
import type { Plan } from './schema.ts';

/** The state of the cluster that decides which host creates it. */
export interface Holders {
  /** The existing cluster; null: none yet. */
  cluster: ClusterIdentity | null;
  /** The control planes that hold it: their etcd members were started. Empty: none, or not known yet. */
  members: readonly string[];
}

/** Input of `assign` besides the plan. */
export interface Circumstances extends Holders {
  /** The host that installs first (see precedence.ts); null: none. */
  installing: string | null;
  /** A cluster that is permanently lost may be recreated (see recovery.ts). */
  recreate?: boolean;
}

const none: Circumstances = { cluster: null, members: [], installing: null };

/**
 * The control plane that creates the cluster, or that alone holds it; null: several hold it, and each of them could
 * join it again through another.
 */
export function founderOf(plan: Pick<Plan, 'hosts'>, { cluster, members }: Holders = none): string | null {
  const planes = controlPlanesOf(plan);
  if (cluster === null || members.length === 0) return planes[0]?.name ?? null;
  return members.length === 1 ? (planes.find(({ name }) => name === members[0])?.name ?? null) : null;
}

/**
 * The assignment of `host`; null: the host is not in the plan. The only place that decides a role: one control plane
 * creates the cluster, all other hosts join it.
 */
export function assign(plan: Plan, host: string, circumstances: Circumstances = none): Assignment | null {
  const planned = hostNamed(plan, host);
  if (planned === undefined) return null;
  const { cluster, installing, recreate = false } = circumstances;
  return {
    host: planned,
    bootstrap: founderOf(plan, circumstances) === host ? 'init' : 'join',
    settings: plan.settings,
    cluster,
    recreate,
    installsAfter: installing === host ? null : installing,
  };
}
