import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';
import { clusterSubnetsWith } from './cluster-subnets.ts';
import { isReachable } from './hosts.ts';

/** Requires one kind of load balancer, with an address that is neither a host's nor a pod's or a service's. */
export function checkLoadBalancer({ loadBalancer, hosts = [], network }: PartialPlan, report: Report): void {
  if (typeof loadBalancer !== 'object') return;
  const { keepalived, external } = loadBalancer;
  if ('keepalived' in loadBalancer === 'external' in loadBalancer) {
    report(['loadBalancer'], 'load-balancer-ambiguous');
    return;
  }
  const address = keepalived?.address ?? external?.address;
  if (address === undefined) return;
  const path: Path = ['loadBalancer', keepalived === undefined ? 'external' : 'keepalived', 'address'];
  if (hosts.some((host) => host?.address === address || host?.name === address)) {
    report(path, 'load-balancer-is-host');
  }
  if (keepalived === undefined) return;
  if (!isReachable(address)) report(path, 'load-balancer-address-unusable');
  for (const { title, subnet } of clusterSubnetsWith(address, network)) {
    report(path, `address-in-${title}-subnet`, { subnet });
  }
}
