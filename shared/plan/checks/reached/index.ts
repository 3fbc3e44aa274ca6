import { contains, parseSubnet } from '../../../subnet.ts';
import { hostAndPort, isHost, isLoopback, isPort } from '../../host.ts';
import type { Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { clusterSubnetsWith } from '../cluster-subnets.ts';
import { dockerBridge } from '../reserved-ranges.ts';
import { type Place, reachedPlaces } from './places.ts';

/** Requires that hosts can reach what the plan names: a possible name or address, and none of the cluster's own ranges. */
export function checkReached(plan: PartialPlan, report: Report): void {
  for (const place of reachedPlaces(plan)) {
    const { host, port } = hostAndPort(place.written);
    if (!isHost(host)) report(place.path, 'host-impossible', { host });
    else if (!isPort(port)) report(place.path, 'host-port-impossible', { port: port ?? 0 });
    else checkAddress(place, host, plan, report);
  }
  checkBridge(plan, report);
}

function checkAddress({ path, kind }: Place, host: string, plan: PartialPlan, report: Report): void {
  if (isLoopback(host)) {
    if (kind === 'cluster' && (plan.hosts?.length ?? 0) > 1) report(path, 'host-loopback', { host });
    else if (path.at(-2) !== 'insecureRegistries' && kind !== 'cluster') report(path, 'host-loopback-each', { host });
  }
  if (kind === 'fallback') return;
  // A source is reached until the cluster uses its address; what is part of the cluster must always be.
  const what = kind === 'source' ? 'source' : 'address';
  for (const { title, subnet } of clusterSubnetsWith(host, plan.network)) {
    report(path, `${what}-in-${title}-subnet`, { subnet });
  }
}

/**
 * docker gives its bridge this range unless a network of the host has it, so that it can be used by all hosts or by
 * none.
 */
function checkBridge(plan: PartialPlan, report: Report): void {
  const { runtime, hosts = [] } = plan;
  const bridge = parseSubnet(dockerBridge.range);
  if ((typeof runtime === 'string' ? runtime : runtime?.name) !== 'docker' || bridge === null) return;
  const isInside = (address: string | undefined) => address !== undefined && contains(bridge, address);
  if (hosts.length > 0 && hosts.every((host) => isInside(host?.address))) return;
  for (const [index, host] of hosts.entries()) {
    if (isInside(host?.address)) report(['hosts', index, 'address'], 'address-of-bridge', dockerBridge);
  }
  for (const { path, written } of reachedPlaces(plan)) {
    if (isInside(hostAndPort(written).host)) report(path, 'address-of-bridge', dockerBridge);
  }
}
