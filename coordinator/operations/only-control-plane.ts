import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Store } from '../store/store.ts';

type Known = Pick<Store, 'cluster'>;

/** Whether the cluster's state is only on this host, so that removing it would end the cluster. */
export function isOnlyControlPlane({ cluster }: Known, plan: Plan, host: string): boolean {
  const members = cluster.members();
  const holding = members.length > 0 ? members : controlPlanesOf(plan).map(({ name }) => name);
  return holding.length === 1 && holding[0] === host;
}

/** Whether the host is, or is planned as, one of several control planes of a running cluster. */
export function isOneOfSeveral({ cluster }: Known, plan: Plan, host: string): boolean {
  const members = cluster.members();
  const isPlane = members.includes(host) || controlPlanesOf(plan).some(({ name }) => name === host);
  return isPlane && members.some((name) => name !== host);
}
