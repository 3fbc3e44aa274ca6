import { describe, expect, it } from 'vitest';
import { assign } from '../../../shared/plan/assign.ts';
import { plan } from '../../coordinator/plans.ts';
import { addresses } from '../../coordinator/support.ts';

it('lets the first control plane create the cluster and all other hosts join it', () => {
  const current = plan();
  expect(assign(current, 'master01')).toMatchObject({ bootstrap: 'init', host: { role: 'control-plane' } });
  expect(assign(current, 'node02')).toMatchObject({ bootstrap: 'join', host: { address: addresses.node02 } });
  const second = { ...current, hosts: current.hosts.map((host) => ({ ...host, role: 'control-plane' as const })) };
  expect(assign(second, 'node01')?.bootstrap).toBe('join');
});

it('passes the cluster on, and returns nothing for an unplanned host', () => {
  const cluster = { caPem: 'pem', caSha256: 'a'.repeat(64) };
  expect(assign(plan(), 'node01', { cluster, members: [], installing: null })?.cluster).toEqual(cluster);
  expect(assign(plan(), 'node09')).toBeNull();
});

describe('with several control planes', () => {
  const cluster = { caPem: 'pem', caSha256: 'a'.repeat(64) };
  const masters = ['master01', 'node01', 'node02'];
  const several = plan();
  for (const host of several.hosts) host.role = masters.includes(host.name) ? 'control-plane' : 'worker';
  const inits = (members: string[], known: typeof cluster | null = cluster) =>
    several.hosts
      .map(({ name }) => assign(several, name, { cluster: known, members, installing: null }))
      .flatMap((assignment) => (assignment?.bootstrap === 'init' ? assignment.host.name : []));

  it('the first creates the cluster', () => {
    expect(inits([], null)).toEqual(['master01']);
    expect(inits([])).toEqual(['master01']);
  });

  it('one that alone holds the cluster keeps it, whatever its place in the plan', () => {
    expect(inits(['master01'])).toEqual(['master01']);
    expect(inits(['node02'])).toEqual(['node02']);
  });

  it('all join a cluster that several hold, the one that created it too', () => {
    expect(inits(masters)).toEqual([]);
    expect(inits(['master01', 'node01'])).toEqual([]);
  });

  it('all join a cluster that a host which is no longer a control plane holds', () => {
    expect(inits(['node09'])).toEqual([]);
  });
});
