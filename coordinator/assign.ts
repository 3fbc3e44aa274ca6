import type { Plan } from '../shared/plan/schema.ts';
import type { Assignment, ClusterIdentity } from '../shared/protocol/assignment.ts';

/**
 * What the plan wants of `host`; null when it has no place for it. The only place that decides a role: the first control
 * plane of the plan creates the cluster, every other host joins it. `cluster`: the one that is there already, if any.
 */
export function assign(plan: Plan, host: string, cluster: ClusterIdentity | null): Assignment | null {
  const planned = plan.hosts.find((candidate) => candidate.name === host);
  if (planned === undefined) return null;
  const founder = plan.hosts.find((candidate) => candidate.role === 'control-plane');
  return { host: planned, bootstrap: planned === founder ? 'init' : 'join', settings: plan.settings, cluster };
}
