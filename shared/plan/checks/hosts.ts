import ipaddr from 'ipaddr.js';
import type { Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Each host once, at an address that others can reach, and one control plane among them. */
export function checkHosts({ hosts }: PartialPlan, report: Report): void {
  if (hosts === undefined || hosts.length === 0) return;
  const firstWith = { name: new Map<string, number>(), address: new Map<string, number>() };
  for (const [index, host] of hosts.entries()) {
    for (const key of ['name', 'address'] as const) {
      const value = host?.[key];
      if (value === undefined) continue;
      const first = firstWith[key].get(value);
      if (first === undefined) firstWith[key].set(value, index);
      else report(['hosts', index, key], `hosts[${first}] has this ${key} already; each host needs its own`);
    }
    if (host?.name === 'localhost') {
      report(['hosts', index, 'name'], 'this name means every host itself; another one is needed');
    }
    if (host?.address !== undefined && !isReachable(host.address)) {
      report(['hosts', index, 'address'], 'the address at which the other hosts reach this one is needed');
    }
  }
  checkControlPlanes(hosts, report);
}

function checkControlPlanes(hosts: NonNullable<PartialPlan['hosts']>, report: Report): void {
  const controlPlanes = [...hosts.entries()].filter(([, host]) => host?.role === 'control-plane');
  const complete = hosts.every((host) => host?.role !== undefined);
  if (controlPlanes.length === 0 && complete) {
    report(['hosts'], 'one host with `role: control-plane` is needed');
  }
  for (const [index] of controlPlanes.slice(1)) {
    report(['hosts', index, 'role'], 'this release sets up one control plane; make the others workers');
  }
}

function isReachable(address: string): boolean {
  return ['unicast', 'private', 'carrierGradeNat', 'reserved'].includes(ipaddr.IPv4.parse(address).range());
}
