import { outsideAddress } from './load-balancer.ts';
import type { ClusterSettings } from './schema.ts';

type Settings = Pick<ClusterSettings, 'hosts' | 'endpoint'>;

/** The planned control planes, in the plan's order. */
export const plannedControlPlanes = ({ hosts }: Pick<ClusterSettings, 'hosts'>): ClusterSettings['hosts'] =>
  hosts.filter(({ role }) => role === 'control-plane');

/**
 * Whether each host reaches the API servers through a proxy of its own on 127.0.0.1: with several control planes,
 * unless the site resolves the endpoint's name itself.
 */
export const usesApiProxy = (settings: Settings): boolean =>
  settings.endpoint.managed && plannedControlPlanes(settings).length > 1;

/** Names and addresses, besides its own, under which each API server is reached; its certificate has all. */
export function endpointNames({
  endpoint,
  loadBalancer,
}: Pick<ClusterSettings, 'endpoint' | 'loadBalancer'>): string[] {
  const outside = outsideAddress(loadBalancer);
  return [...new Set([endpoint.host, ...(outside === null ? [] : [outside])])];
}
