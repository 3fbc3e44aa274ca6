import { expect, test } from 'vitest';
import { apiProxyConfig } from '../../../../shared/steps/content/api-proxy.ts';
import { planOf } from '../../plan/plan-text.ts';

const { settings } = planOf();
const hosts = [
  { name: 'master01', address: '10.1.0.1', role: 'control-plane' as const },
  { name: 'node01', address: '10.1.0.9', role: 'worker' as const },
  { name: 'master02', address: '10.1.0.2', role: 'control-plane' as const },
];
const serversOf = (self: (typeof hosts)[number]) => {
  const [, healthy = '', any = ''] = apiProxyConfig({ ...settings, hosts }, self).split(/^backend .*$/m);
  const servers = (text: string) => text.split('\n').filter((line) => line.startsWith('  server '));
  return { ready: servers(healthy), any: servers(any) };
};

test('a worker uses all control planes alike', () => {
  expect(serversOf(hosts[1] as (typeof hosts)[number]).ready).toEqual([
    '  server master01 10.1.0.1:6443',
    '  server master02 10.1.0.2:6443',
  ]);
});

test('a control plane prefers its own API server while that is ready, and tries all alike if none is', () => {
  expect(serversOf(hosts[2] as (typeof hosts)[number])).toEqual({
    ready: ['  server master01 10.1.0.1:6443 backup', '  server master02 10.1.0.2:6443'],
    any: ['  server master01 10.1.0.1:6443', '  server master02 10.1.0.2:6443'],
  });
});
