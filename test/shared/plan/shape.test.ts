import { expect, test } from 'vitest';
import { planOf, planText, problemsOf, refuses } from './plan-text.ts';

const master = { name: 'master01', address: '192.168.0.130', role: 'control-plane' };
const node = { name: 'node01', address: '192.168.0.131', role: 'worker' };

refuses([
  ['a cluster name that is not a DNS label', { cluster: 'De mo' }, 'cluster: name-invalid'],
  ['a missing cluster name', { cluster: null }, 'cluster: name-invalid'],
  ['an unknown key, with a suggestion', { kubernets: 1 }, 'kubernets: key-unknown'],
  ['an unknown key, with the allowed keys', { quux: 1 }, 'quux: key-unknown'],
  ['a mapping where a list is needed', { hosts: { a: 1 } }, 'hosts: hosts-invalid'],
  ['no hosts', { hosts: [] }, 'hosts: hosts-invalid'],
  ['a host that is text', { hosts: [master, 'node01'] }, 'hosts[1]: host-invalid'],
  ['an unknown role', { hosts: [master, { ...node, role: 'master' }] }, 'hosts[1].role: role-invalid'],
  ['a malformed address', { hosts: [master, { ...node, address: '192.168.0.300' }] }, 'hosts[1].address: ipv4-invalid'],
  ['a name in upper case', { hosts: [master, { ...node, name: 'Node01' }] }, 'hosts[1].name: name-invalid'],
  ['a port out of range', { coordinator: { port: 70_000 } }, 'coordinator.port: port-invalid'],
  ['a typo in a shorthand’s long form', { runtime: { name: 'containerd', mirors: [] } }, 'runtime.mirors: key-unknown'],
]);

test('an unknown key without a value is a problem as well', () => {
  expect(problemsOf(planText({ kubernets: null }))).toEqual([expect.stringMatching(/: kubernets: key-unknown$/)]);
  expect(problemsOf(planText({ runtime: { name: 'containerd', mirors: null } }))).toEqual([
    expect.stringMatching(/: runtime\.mirors: key-unknown$/),
  ]);
});

test('a label without a value is an empty one, as for the API', () => {
  const hosts = [
    {
      name: 'm',
      address: '10.1.0.1',
      role: 'control-plane',
      labels: { 'node-role.kubernetes.io/db': null },
      taints: null,
    },
  ];
  expect(planOf({ hosts }).hosts[0]).toMatchObject({ labels: { 'node-role.kubernetes.io/db': '' }, taints: [] });
});

test('a file with very many unknown keys is refused within a moment, and not key by key', () => {
  const keys = Array.from({ length: 5000 }, (_, index) => `k${index}: 1\n`).join('');
  const before = process.cpuUsage();
  const problems = problemsOf(`${planText()}${keys}`);
  expect(problems).toHaveLength(50);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2500);
});
