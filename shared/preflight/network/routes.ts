import { dockerBridge } from '../../plan/checks/reserved-ranges.ts';
import type { ClusterSettings } from '../../plan/schema.ts';
import type { Facts } from '../../protocol/facts.ts';
import { overlap, parseSubnet } from '../../subnet.ts';

/** Interfaces of network plugins, whose routes belong to the cluster. */
const ofPlugins = /^(cni\d|flannel|cali|tunl|vxlan|veth|kube-|nodelocaldns|lxc(?!br\d)|cilium|weave)/;
/** Bridges of docker, libvirt, LXC and podman, which remain. */
const ofHost = /^(docker\d|br-[0-9a-f]{12}$|virbr|lxcbr|lxdbr|incusbr|cni-podman|podman)/;

type Routes = NonNullable<Facts['network']['routes']>;

/** Keys of daemon.json, also as flags, with which the site determines the range of docker's bridge. */
const bridgeKeys = ['bip', 'bridge', 'default-address-pools', 'default-address-pool'];

/** The route that docker adds once it is installed; empty: docker is not planned, or its range is not known. */
export function routesToCome({ network, software }: Facts, settings: ClusterSettings): Routes {
  const { dockerDaemon } = software;
  if (settings.runtime.name !== 'docker' || dockerDaemon === null) return [];
  if (network.routes?.some((route) => route.interface === dockerBridge.bridge)) return [];
  const keys = [...dockerDaemon.keys, ...dockerDaemon.flags.map(({ key }) => key)];
  if (keys.some((key) => bridgeKeys.includes(key))) return [];
  return [{ destination: dockerBridge.range, interface: dockerBridge.bridge }];
}

/** Whether a route, as `CIDR (interface)`, is that of a bridge on the host. */
export function isOfHost(route: string): boolean {
  return ofHost.test(/\((.*)\)$/.exec(route)?.[1] ?? '');
}

/** Routes that overlap a subnet such as 10.244.0.0/16, as `CIDR (interface)`. */
export function overlapping(routes: Routes, subnet: string): string[] {
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
