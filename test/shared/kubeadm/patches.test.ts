import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { etcdPatch } from '../../../shared/kubeadm/patches.ts';
import { assignmentOf } from './assignment.ts';

const patch = (version: string, role: 'control-plane' | 'worker' = 'control-plane') => {
  const { host, settings } = assignmentOf('node01', { kubernetes: { version, packages: 'aliyun' } });
  return etcdPatch({ host: { ...host, role }, settings });
};

it.each(['1.20.2', '1.21.0'])('a control plane joins %s with an etcd that requests no storage', (version) => {
  const { path = '', content = '', flags = [] } = patch(version) ?? {};
  expect(parse(content).spec.containers).toEqual([
    { name: 'etcd', resources: { requests: { 'ephemeral-storage': null } } },
  ]);
  expect(flags).toEqual(['--experimental-patches', path.replace('/etcd.yaml', '')]);
});

it('nothing is patched for a worker, or in a version whose etcd requests none', () => {
  expect([patch('1.20.2', 'worker'), patch('1.22.0')]).toEqual([null, null]);
});
