import type { Assignment, ClusterIdentity } from '../protocol/assignment.ts';
import type { Plan } from './schema.ts';

/** What `assign` knows besides the plan. */
export interface Circumstances {
  /** The cluster that is there already, if any. */
  cluster: ClusterIdentity | null;
  /** The host that is installing first (see precedence.ts), if any. */
  installing: string | null;
  /** A cluster that is lost for good may be created anew (see recovery.ts). */
  recreate?: boolean;
}

const none: Circumstances = { cluster: null, installing: null };

/**
 * What the plan wants of `host`; null when it has no place for it. The only place that decides a role: the first control
 * plane of the plan creates the cluster, every other host joins it.
 */
export function assign(
  plan: Plan,
  host: string,
  { cluster, installing, recreate = false }: Circumstances = none,
): Assignment | null {
  const planned = plan.hosts.find((candidate) => candidate.name === host);
  if (planned === undefined) return null;
  const founder = plan.hosts.find((candidate) => candidate.role === 'control-plane');
  return {
    host: planned,
    bootstrap: planned === founder ? 'init' : 'join',
    settings: plan.settings,
    cluster,
    recreate,
    installsAfter: installing === host ? null : installing,
  };
}
