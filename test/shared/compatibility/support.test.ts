import { expect, test } from 'vitest';
import { bounds } from '../../../shared/compatibility/bounds.ts';
import { releases } from '../../../shared/compatibility/releases.ts';
import { supportOf } from '../../../shared/compatibility/support.ts';
import { systems } from '../../../shared/systems.ts';

const on = (system: string) => {
  const release = releases.find((one) => one.system === system);
  if (release === undefined) throw new Error(`${system} is not in the table`);
  return release;
};

test('the table has every supported system', () => {
  const all = systems.flatMap(({ title, versions }) => versions.map((version) => `${title} ${version}`));
  expect(releases.map(({ system }) => system)).toEqual(all);
});

test('each bound has its own id', () => {
  expect(new Set(bounds.map(({ id }) => id)).size).toBe(bounds.length);
});

test.each([
  ['Debian 12', 20, 'docker', 'distribution', { state: 'tested' }],
  ['Debian 13', 20, 'containerd', 'distribution', { state: 'tested' }],
  ['Debian 12', 23, 'docker', 'distribution', { state: 'by-rule' }],
  ['Debian 11', 25, 'containerd', 'distribution', { state: 'by-rule' }],
  ['Debian 11', 26, 'containerd', 'distribution', { state: 'unsupported', bound: { id: 'containerd-cri-v1' } }],
  ['Debian 11', 26, 'containerd', 'docker', { state: 'by-rule' }],
  [
    'Ubuntu 22.04',
    22,
    'containerd',
    'distribution',
    { state: 'unsupported', bound: { id: 'containerd-cri-v1alpha2' } },
  ],
  ['Ubuntu 22.04', 22, 'containerd', 'docker', { state: 'pin', version: '1.7' }],
  ['Ubuntu 22.04', 22, 'docker', 'distribution', { state: 'by-rule' }],
  ['Ubuntu 24.04', 20, 'docker', 'docker', { state: 'pin', version: '26.1' }],
  ['Ubuntu 18.04', 32, 'docker', 'distribution', { state: 'unsupported', bound: { id: 'kernel-refused' } }],
  ['Ubuntu 18.04', 34, 'docker', 'distribution', { state: 'by-rule' }],
  ['Ubuntu 20.04', 35, 'containerd', 'docker', { state: 'unsupported', bound: { id: 'cgroup-v1-refused' } }],
  ['Ubuntu 24.04', 36, 'containerd', 'distribution', { state: 'by-rule', notes: [] }],
] as const)('%s, Kubernetes 1.%i, %s from %s: %o', (system, minor, runtime, source, expected) => {
  expect(supportOf(on(system), minor, runtime, source)).toMatchObject(expected);
});
