import ipaddr from 'ipaddr.js';
import type { Facts } from '../../protocol/facts.ts';

/** Interfaces that network plugins and runtimes make: their routes are the cluster's own. */
const ofPlugins = /^(cni|flannel|cali|tunl|vxlan|veth|kube-|nodelocaldns|lxc|cilium|weave|docker0$)/;

/** The host's routes that overlap a subnet such as 10.244.0.0/16, as `CIDR (interface)`. */
export function overlapping(routes: NonNullable<Facts['network']['routes']>, subnet: string): string[] {
  return routes
    .filter((route) => !ofPlugins.test(route.interface) && overlap(route.destination, subnet))
    .map((route) => `${route.destination} (${route.interface})`);
}

/** Whether a subnet, also as `CIDR (interface)`, is no more than a part of another. */
export function isPartOf(part: string, whole: string): boolean {
  return Number(part.split(/[/ ]/)[1]) > Number(whole.split('/')[1]);
}

function overlap(a: string, b: string): boolean {
  try {
    const [[first, x], [second, y]] = [ipaddr.IPv4.parseCIDR(a), ipaddr.IPv4.parseCIDR(b)];
    return first.match([second, Math.min(x, y)]);
  } catch {
    // What a host says may be no subnet at all.
    return false;
  }
}
