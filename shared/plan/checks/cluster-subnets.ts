import { contains, parseSubnet } from '../../subnet.ts';
import { defaultNetwork } from '../defaults.ts';
import type { PartialPlan } from '../written.ts';

/** The cluster's own subnets that contain an address: those of pods and of services. */
export function clusterSubnetsWith(address: string, network: PartialPlan['network']) {
  return (['pod', 'service'] as const).flatMap((title) => {
    const written = network?.[`${title}Subnet`] ?? defaultNetwork[`${title}Subnet`];
    const subnet = parseSubnet(written);
    return subnet !== null && contains(subnet, address) ? [{ title, subnet: written }] : [];
  });
}
