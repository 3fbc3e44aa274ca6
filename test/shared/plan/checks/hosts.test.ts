import { expect, it } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planText, refuses } from '../plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };
const node = { name: 'node01', address: '192.168.0.131', role: 'worker' };

refuses([
  ['no control plane', { hosts: [node] }, 'hosts: no-control-plane'],
  ['a duplicate name', { hosts: [master, { ...node, name: 'master01' }] }, 'hosts[1].name: name-taken'],
  ['a duplicate address', { hosts: [master, { ...node, address: master.address }] }, 'hosts[1].address: address-taken'],
  [
    'a loopback address',
    { hosts: [master, { ...node, address: '127.0.0.1' }] },
    'hosts[1].address: address-unreachable',
  ],
  [
    'a host called ip6-loopback',
    { hosts: [master, { ...node, name: 'ip6-loopback' }] },
    'hosts[1].name: name-localhost',
  ],
  ['a number as a name', { hosts: [master, { ...node, name: 101 }] }, 'hosts[1].name: name-invalid'],
  ['a host called localhost', { hosts: [master, { ...node, name: 'localhost' }] }, 'hosts[1].name: name-localhost'],
]);

it('a name of digits, which programs take for an address, is a warning', () => {
  const { warnings } = parsePlan(planText({ hosts: [master, { ...node, name: '101' }] }), { readFile: () => '' });
  expect(warnings.map(({ path, code }) => `${path}: ${code}`)).toEqual(['hosts[1].name: name-number']);
});

it.each([
  [1, []],
  [2, ['hosts: control-planes-even']],
  [3, []],
  [4, ['hosts: control-planes-even']],
])('%i control planes are accepted, and an even number is a warning', (count, expected) => {
  const planes = Array.from({ length: count }, (_, index) => ({
    ...{ name: `master0${index + 1}`, address: `192.168.0.${130 + index}`, role: 'control-plane' },
  }));
  const { plan, warnings } = parsePlan(planText({ hosts: planes }), { readFile: () => '' });
  expect(plan?.hosts).toHaveLength(count);
  expect(warnings.map(({ path, code }) => `${path}: ${code}`)).toEqual(expected);
});
