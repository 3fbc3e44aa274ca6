import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { hostNamed, labHosts } from './layout.ts';
import { labPlan } from './plan.ts';

it('plans the tutorial’s three hosts, with the runtime that was asked for', () => {
  const plan = parse(labPlan({ runtime: 'containerd', hosts: 3 }));
  expect(plan.runtime.name).toBe('containerd');
  expect(plan.hosts).toEqual([
    { name: 'master01', address: '192.168.0.130', role: 'control-plane' },
    { name: 'node01', address: '192.168.0.131', role: 'worker' },
    { name: 'node02', address: '192.168.0.132', role: 'worker' },
  ]);
});

it('plans several masters, whose first and whose workers keep their addresses', () => {
  const { hosts } = parse(labPlan({ runtime: 'docker', hosts: 5, masters: 3 }));
  expect(hosts).toEqual([
    { name: 'master01', address: '192.168.0.130', role: 'control-plane' },
    { name: 'master02', address: '192.168.0.122', role: 'control-plane' },
    { name: 'master03', address: '192.168.0.123', role: 'control-plane' },
    { name: 'node01', address: '192.168.0.131', role: 'worker' },
    { name: 'node02', address: '192.168.0.132', role: 'worker' },
  ]);
});

it('gives every host an address of its own', () => {
  const all = [...labHosts(9, 9), ...labHosts(100)].map(({ name }) => name);
  expect(new Set(all.map((name) => hostNamed(name)?.address)).size).toBe(new Set(all).size);
});

it('knows more hosts by the same names and addresses, and no others', () => {
  expect(labHosts(12).at(-1)).toEqual({ name: 'node11', address: '192.168.0.141', role: 'worker' });
  expect(hostNamed('node99')?.address).toBe('192.168.0.229');
  expect(hostNamed('node100')).toBeUndefined();
  expect(hostNamed('master10')).toBeUndefined();
  expect(() => labHosts(0)).toThrow(RangeError);
  expect(() => labHosts(2, 3)).toThrow(RangeError);
});
