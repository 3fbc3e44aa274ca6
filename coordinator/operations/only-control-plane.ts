import type { Plan } from '../../shared/plan/schema.ts';

/** The cluster's state is on this host and on no other: it can't be taken out without ending the cluster. */
export function isOnlyControlPlane({ hosts }: Plan, host: string): boolean {
  const planes = hosts.filter(({ role }) => role === 'control-plane');
  return planes.length === 1 && planes[0]?.name === host;
}
