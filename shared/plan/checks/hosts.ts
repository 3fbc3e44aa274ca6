import ipaddr from 'ipaddr.js';
import type { Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Requires unique hosts with reachable addresses and a control plane; an odd number of them is advised. */
export function checkHosts({ hosts, etcd }: PartialPlan, report: Report): void {
  if (hosts === undefined || hosts.length === 0) return;
  const firstWith = { name: new Map<string, number>(), address: new Map<string, number>() };
  for (const [index, host] of hosts.entries()) {
    for (const key of ['name', 'address'] as const) {
      const value = host?.[key];
      if (value === undefined) continue;
      const first = firstWith[key].get(value);
      if (first === undefined) firstWith[key].set(value, index);
      else report(['hosts', index, key], `${key}-taken`, { first });
    }
    if (host?.name !== undefined && /^(ip6-)?(localhost|loopback)[46]?$/.test(host.name)) {
      report(['hosts', index, 'name'], 'name-localhost');
    } else if (/^\d+$/.test(host?.name ?? '')) {
      report(['hosts', index, 'name'], 'name-number');
    }
    if (host?.address !== undefined && !isReachable(host.address)) {
      report(['hosts', index, 'address'], 'address-unreachable');
    }
  }
  checkControlPlanes(hosts, { isStacked: typeof etcd !== 'object' }, report);
}

function checkControlPlanes(
  hosts: NonNullable<PartialPlan['hosts']>,
  { isStacked }: { isStacked: boolean },
  report: Report,
): void {
  const controlPlanes = [...hosts.entries()].filter(([, host]) => host?.role === 'control-plane');
  const complete = hosts.every((host) => host?.role !== undefined);
  if (controlPlanes.length === 0 && complete) {
    report(['hosts'], 'no-control-plane');
  }
  const count = controlPlanes.length;
  if (!isStacked || count === 0 || count % 2 === 1) return;
  report(['hosts'], 'control-planes-even', {
    ...{ count, fewer: count - 1, more: count + 1 },
    tolerated: count / 2 - 1,
  });
}

/** Whether other machines can have this IPv4 address. */
export function isReachable(address: string): boolean {
  return ['unicast', 'private', 'carrierGradeNat', 'reserved'].includes(ipaddr.IPv4.parse(address).range());
}
