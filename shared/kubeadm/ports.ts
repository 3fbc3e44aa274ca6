import type { ClusterSettings } from '../plan/schema.ts';

/** kubeadm's default. */
export const defaultApiServerPort = 6443;

/**
 * The port on which a control plane's API server listens. A managed endpoint points directly to it; an external one, such
 * as a load balancer, has a port of its own.
 */
export function bindPort({ endpoint }: Pick<ClusterSettings, 'endpoint'>): number {
  return endpoint.managed ? endpoint.port : defaultApiServerPort;
}
