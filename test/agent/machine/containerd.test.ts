import { expect, test } from 'vitest';
import { ownRegistryFiles, registryStyleOf } from '../../../agent/machine/containerd.ts';
import { fakeHost } from '../fake-host.ts';
import { sampleAssignment } from '../samples.ts';

test.each([
  ['11', undefined, 'containerd', 'inline'],
  ['11', undefined, 'containerd.io', 'folder'],
  ['11', '1.6.20', 'containerd', 'folder'],
  ['12', '1.4.13', 'containerd', 'inline'],
  ['12', undefined, 'containerd', 'folder'],
])('Debian %s with containerd %s of package %s has its registries in the %s', (versionId, version, name, style) => {
  const os = { id: 'debian', versionId, prettyName: '' };
  const packages: Record<string, string> = version === undefined ? {} : { [name]: version };
  const { runtime } = sampleAssignment().settings;
  expect(registryStyleOf({ os, packages, reach: null }, { ...runtime, package: name })).toBe(style);
});

test('only registry files written by muster count as its own', async () => {
  const folder = '/etc/containerd/certs.d';
  const host = fakeHost({
    files: { [`${folder}/a/hosts.toml`]: '# Written by muster.\n', [`${folder}/b/hosts.toml`]: 'server = "x"\n' },
  });
  expect(await ownRegistryFiles(host)).toEqual([`${folder}/a/hosts.toml`]);
});
