import { expect, test } from 'vitest';
import { reachUpstreams, upstreamNames } from '../../../../agent/facts/reach/upstreams.ts';
import { fakeHost } from '../../fake-host.ts';
import { sampleAssignment } from '../../samples.ts';

const { settings } = sampleAssignment();
const planned = (changes: Partial<typeof settings>) => ({ ...settings, ...changes });
const mirrored = planned({
  kubernetes: {
    ...settings.kubernetes,
    imageRepository: 'registry.example:5000/k8s',
    packages: {
      url: 'http://packages.example/apt',
      suite: '/',
      components: [],
      key: { url: 'https://keys.example/k' },
    },
  },
  runtime: {
    ...settings.runtime,
    registryMirrors: { 'docker.io': ['https://10.97.0.9:5000/v2'] },
    insecureRegistries: ['plain.example:5000'],
  },
});

test('names every host that the plan downloads from', () => {
  expect(upstreamNames(mirrored)).toEqual(
    expect.arrayContaining(['packages.example', 'keys.example', 'registry.example', '10.97.0.9', 'plain.example']),
  );
});

test('names the proxy and plain addresses only, where a proxy is planned', () => {
  const proxy = { http: 'http://user:secret@proxy.example:3128', https: null, noProxy: [] };
  const names = upstreamNames({ ...mirrored, preparation: { ...settings.preparation, proxy } });
  expect(names).toEqual(['proxy.example', '10.97.0.9']);
});

test('takes addresses from /etc/hosts, and looks nothing else up without a nameserver', async () => {
  const host = fakeHost({ files: { '/etc/hosts': '192.0.2.7 Packages.example # x\n' } });
  const { nameservers, upstreams } = await reachUpstreams(host, mirrored, []);
  expect(nameservers).toEqual([]);
  expect(upstreams).toContainEqual({ name: 'packages.example', addresses: ['192.0.2.7'] });
  expect(upstreams).toContainEqual({ name: '10.97.0.9', addresses: ['10.97.0.9'] });
  expect(upstreams).toContainEqual({ name: 'keys.example', addresses: [] });
});
