import { expect, test } from 'vitest';
import { planOf, refuses } from '../plan-text.ts';

const keepalived = (more: Record<string, unknown>) => ({
  loadBalancer: { keepalived: { address: '192.168.0.200', ...more } },
});

test('none is planned by default', () => {
  for (const sections of [{}, { loadBalancer: 'none' }])
    expect(planOf(sections).settings.loadBalancer).toEqual({ kind: 'none' });
});

test('a router ID stays the same for a cluster and an address, and differs between clusters', () => {
  const idOf = (cluster: string) => {
    const { loadBalancer } = planOf({ cluster, ...keepalived({}) }).settings;
    return loadBalancer.kind === 'keepalived' ? loadBalancer.routerId : 0;
  };
  expect(idOf('demo')).toBe(idOf('demo'));
  expect(new Set(['demo', 'other', 'third'].map(idOf)).size).toBe(3);
});

test('what the plan says is kept', () => {
  expect(planOf(keepalived({ interface: 'bond0.20', routerId: 51 })).settings.loadBalancer).toEqual({
    ...{ kind: 'keepalived', address: '192.168.0.200', interface: 'bond0.20', routerId: 51 },
  });
  const external = { address: 'lb.example.com' };
  expect(planOf({ loadBalancer: { external } }).settings.loadBalancer).toEqual({ kind: 'external', ...external });
});

refuses([
  [
    'two kinds',
    { loadBalancer: { keepalived: { address: '192.168.0.200' }, external: { address: 'lb.example.com' } } },
    'loadBalancer: load-balancer-ambiguous',
  ],
  ['no kind', { loadBalancer: {} }, 'loadBalancer: load-balancer-ambiguous'],
  ['another word', { loadBalancer: 'metallb' }, 'loadBalancer: load-balancer-invalid'],
  [
    'a host’s address',
    keepalived({ address: '192.168.0.131' }),
    'loadBalancer.keepalived.address: load-balancer-is-host',
  ],
  ['a name as virtual address', keepalived({ address: 'vip' }), 'loadBalancer.keepalived.address: ipv4-invalid'],
  ['a pod’s address', keepalived({ address: '10.244.0.9' }), 'loadBalancer.keepalived.address: address-in-pod-subnet'],
  [
    'an interface with a line break',
    keepalived({ interface: 'eth0\n}' }),
    'loadBalancer.keepalived.interface: interface-invalid',
  ],
  ['a router ID of 256', keepalived({ routerId: 256 }), 'loadBalancer.keepalived.routerId: router-id-invalid'],
]);
