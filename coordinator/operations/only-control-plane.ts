import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';

/** Whether the cluster's state is only on this host, so that removing it would end the cluster. */
export function isOnlyControlPlane(plan: Plan, host: string): boolean {
  const planes = controlPlanesOf(plan);
  return planes.length === 1 && planes[0]?.name === host;
}
