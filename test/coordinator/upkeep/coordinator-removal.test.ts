import { expect, it } from 'vitest';
import { removalTarget } from '../../../coordinator/upkeep/coordinator-removal.ts';
import type { Plan } from '../../../shared/plan/schema.ts';

const hosts = [
  { name: 'master01', role: 'control-plane' },
  { name: 'node01', role: 'worker' },
];
const on = (host: string, acts = true) =>
  removalTarget({ plan: () => ({ hosts }) as Plan }, { host: () => host, standing: { mayAct: () => acts } });

it('is for workers, while a coordinator on another host acts', () => {
  expect(on('master01')('node01')).toEqual({ removeCoordinator: true });
});

it.each([
  ['the coordinator that acts is on this host', on('node01'), 'node01'],
  ['nobody knows where the coordinator that acts is', on(''), 'node01'],
  ['this coordinator may not act', on('master01', false), 'node01'],
  ['the host is a control plane', on('node01'), 'master01'],
])('is not while %s', (_, target, host) => {
  expect(target(host)).toEqual({});
});
