import type { Assignment, ClusterIdentity } from '../protocol/assignment.ts';
import { controlPlanesOf, hostNamed } from './lookup.ts';
import type { Plan } from './schema.ts';

/** Input of `assign` besides the plan. */
export interface Circumstances {
  /** The existing cluster; null: none yet. */
  cluster: ClusterIdentity | null;
  /** The host that installs first (see precedence.ts); null: none. */
  installing: string | null;
  /** A cluster that is lost for good may be recreated (see recovery.ts). */
  recreate?: boolean;
}

const none: Circumstances = { cluster: null, installing: null };

/**
 * The assignment of `host`; null: the host is not in the plan. The only place that decides a role: the plan's first
 * control plane creates the cluster, all other hosts join it.
 */
export function assign(
  plan: Plan,
  host: string,
  { cluster, installing, recreate = false }: Circumstances = none,
): Assignment | null {
  const planned = hostNamed(plan, host);
  if (planned === undefined) return null;
  const [founder] = controlPlanesOf(plan);
  return {
    host: planned,
    bootstrap: planned === founder ? 'init' : 'join',
    settings: plan.settings,
    cluster,
    recreate,
    installsAfter: installing === host ? null : installing,
  };
}
