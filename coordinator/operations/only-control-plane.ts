import type { Plan } from '../../shared/plan/schema.ts';

/** Whether the cluster's state is only on this host, so that removing it would end the cluster. */
export function isOnlyControlPlane({ hosts }: Plan, host: string): boolean {
  const planes = hosts.filter(({ role }) => role === 'control-plane');
  return planes.length === 1 && planes[0]?.name === host;
}
