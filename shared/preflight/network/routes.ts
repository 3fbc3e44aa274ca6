import type { Facts } from '../../protocol/facts.ts';
import { overlap, parseSubnet } from '../../subnet.ts';

/** Interfaces of network plugins and runtimes: their routes belong to the cluster. */
const ofPlugins = /^(cni|flannel|cali|tunl|vxlan|veth|kube-|nodelocaldns|lxc|cilium|weave|docker0$)/;

/** The host's routes that overlap a subnet such as 10.244.0.0/16, as `CIDR (interface)`. */
export function overlapping(routes: NonNullable<Facts['network']['routes']>, subnet: string): string[] {
  return routes
    .filter((route) => !ofPlugins.test(route.interface) && overlapText(route.destination, subnet))
    .map((route) => `${route.destination} (${route.interface})`);
}

/** Whether a subnet, also as `CIDR (interface)`, is a proper part of another that it overlaps. */
export function isPartOf(part: string, whole: string): boolean {
  const [a, b] = [parseSubnet(part.split(' ')[0] ?? ''), parseSubnet(whole)];
  return a !== null && b !== null && a[1] > b[1];
}

function overlapText(a: string, b: string): boolean {
  const [one, other] = [parseSubnet(a), parseSubnet(b)];
  // A host may report anything as a route.
  return one !== null && other !== null && overlap(one, other);
}
