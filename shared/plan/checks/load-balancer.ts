import { contains, parseSubnet } from '../../subnet.ts';
import { defaultNetwork } from '../defaults.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';
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
  if (keepalived !== undefined && !isReachable(address)) report(path, 'load-balancer-address-unusable');
  if (hosts.some((host) => host?.address === address || host?.name === address)) {
    report(path, 'load-balancer-is-host');
  }
  for (const title of ['pod', 'service'] as const) {
    const written = network?.[`${title}Subnet`] ?? defaultNetwork[`${title}Subnet`];
    const subnet = parseSubnet(written);
    if (keepalived === undefined || subnet === null || !contains(subnet, address)) continue;
    report(path, `address-in-${title}-subnet`, { subnet: written });
  }
}
