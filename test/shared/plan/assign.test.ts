import { expect, it } from 'vitest';
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
  expect(assign(plan(), 'node01', { cluster, installing: null })?.cluster).toEqual(cluster);
  expect(assign(plan(), 'node09')).toBeNull();
});
