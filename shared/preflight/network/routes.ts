import type { Facts } from '../../protocol/facts.ts';
import { overlap, parseSubnet } from '../../subnet.ts';

/** Interfaces of network plugins and runtimes, whose routes belong to the cluster. */
const ofPlugins = /^(cni|flannel|cali|tunl|vxlan|veth|kube-|nodelocaldns|lxc|cilium|weave|docker0$)/;

/** Routes that overlap a subnet such as 10.244.0.0/16, as `CIDR (interface)`. */
export function overlapping(routes: NonNullable<Facts['network']['routes']>, subnet: string): string[] {
  return routes
    .filter((route) => !ofPlugins.test(route.interface) && overlapText(route.destination, subnet))
    .map((route) => `${route.destination} (${route.interface})`);
}

/** Whether a subnet, also as `CIDR (interface)`, is smaller than another one that it overlaps. */
export function isPartOf(part: string, whole: string): boolean {
  const [a, b] = [parseSubnet(part.split(' ')[0] ?? ''), parseSubnet(whole)];
  return a !== null && b !== null && a[1] > b[1];
}

function overlapText(a: string, b: string): boolean {
  const [one, other] = [parseSubnet(a), parseSubnet(b)];
  // Facts are untrusted; a route may be anything.
  return one !== null && other !== null && overlap(one, other);
}
