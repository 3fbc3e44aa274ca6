import { hash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planOf, planText, problemsOf, refuses, tgz } from '../plan-text.ts';

const kubernetes = { version: '1.30.2' };
const source = { url: 'http://m/apt', suite: 'stable', components: ['main'], key: 'http://m/key' };

refuses([
  [
    'an unknown source',
    { kubernetes: { ...kubernetes, packages: 'alyun' } },
    'kubernetes.packages: package-source-invalid',
  ],
  [
    'a URL with a space',
    { kubernetes: { ...kubernetes, packages: { ...source, url: 'http://m/ x' } } },
    'kubernetes.packages.url: package-url-invalid',
  ],
  [
    'a missing key file',
    { kubernetes: { ...kubernetes, packages: { ...source, key: { file: 'k.asc' } } } },
    'kubernetes.packages.key.file: file-unreadable',
  ],
  [
    'a key file without a key',
    { kubernetes: { ...kubernetes, packages: { ...source, key: { file: 'text' } } } },
    'kubernetes.packages.key.file: key-not-armoured',
  ],
  [
    'a key from two places',
    { kubernetes: { ...kubernetes, packages: { ...source, key: { file: 'text', url: 'http://m/k' } } } },
    'kubernetes.packages.key: key-source-ambiguous',
  ],
  [
    'a suite without components',
    { kubernetes: { ...kubernetes, packages: { ...source, components: [] } } },
    'kubernetes.packages.components: components-missing',
  ],
  [
    'an image repository with a scheme',
    { kubernetes: { ...kubernetes, imageRepository: 'https://r/x' } },
    'kubernetes.imageRepository: image-repository-invalid',
  ],
  [
    'a manifest URL with a space',
    { network: { plugin: { manifest: 'https://m/x y.yaml' } } },
    'network.plugin.manifest: manifest-invalid',
  ],
  ['no plugin', { network: {} }, 'network.plugin: plugin-invalid'],
  [
    'two plugins',
    { network: { plugin: { calico: 'v3.24.1', flannel: 'v0.25.1' } } },
    'network.plugin: plugin-ambiguous',
  ],
  [
    'a malformed release',
    { network: { plugin: { calico: 'latest' } } },
    'network.plugin.calico: plugin-release-invalid',
  ],
  ['a missing manifest', { network: { plugin: { manifest: 'cni.yaml' } } }, 'network.plugin.manifest: file-unreadable'],
  [
    'a manifest without objects',
    { network: { plugin: { manifest: 'text' } } },
    'network.plugin.manifest: manifest-without-objects',
  ],
]);

const docker = (criDockerd: object) => ({ runtime: { name: 'docker', criDockerd } });
refuses([
  ['a missing cri-dockerd', docker({ file: 'a.tgz' }), 'runtime.criDockerd.file: file-unreadable'],
  [
    'a cri-dockerd that is no archive',
    docker({ file: 'text' }),
    'runtime.criDockerd.file: cri-dockerd-file-not-archive',
  ],
  ...['../a.tgz', '/root/a.tgz', 'a/../../b.tgz', './a.tgz', '-a.tgz', 'a b.tgz'].map(
    (file): [string, object, string] => [
      `cri-dockerd from ${file}`,
      docker({ file }),
      'runtime.criDockerd.file: cri-dockerd-file-invalid',
    ],
  ),
  ...[
    { file: 'text', url: 'https://m/a.tgz' },
    { file: 'text', mirror: 'https://m' },
    { url: 'https://m/a.tgz', mirror: 'https://m' },
    { file: 'text', version: '0.3.16' },
  ].map((criDockerd): [string, object, string] => [
    `cri-dockerd with ${Object.keys(criDockerd)}`,
    docker(criDockerd),
    'runtime.criDockerd: cri-dockerd-source-ambiguous',
  ]),
] as Parameters<typeof refuses>[0]);

test('a cri-dockerd beside the plan becomes part of it by its SHA-256', () => {
  const name = 'files/cri-dockerd-0.3.16.amd64.tgz';
  const archive = tgz(randomBytes(50_000).toString('latin1'));
  const sha256 = hash('sha256', archive);
  const files = { [name]: archive.toString('latin1') };
  expect(planOf(docker({ file: name }), files).settings.runtime.criDockerd.file).toEqual({ name, sha256 });
  expect(problemsOf(planText(docker({ file: name, sha256 })), files)).toEqual([]);
  const other = problemsOf(planText(docker({ file: name, sha256: 'a'.repeat(64) })), files);
  expect(other).toEqual([expect.stringMatching('runtime.criDockerd.sha256: cri-dockerd-file-mismatch')]);
  const zipped = { [name]: archive.subarray(0, 2).toString('latin1') };
  expect(problemsOf(planText(docker({ file: name })), zipped)).toHaveLength(1);
});

const warningsOf = (changes: Record<string, unknown>) =>
  parsePlan(planText(changes), { readFile: () => 'kind: x\n' }).warnings.map(({ path, code }) => `${path}: ${code}`);
const keyed = (key: unknown) => warningsOf({ kubernetes: { ...kubernetes, packages: { ...source, key } } });

test('a key over http that nothing pins is a warning', () => {
  const sha256 = 'a'.repeat(64);
  expect(keyed('http://m/key')).toEqual(['kubernetes.packages.key: key-over-http']);
  expect(keyed({ url: 'http://m/key' })).toEqual(['kubernetes.packages.key.url: key-over-http']);
  for (const key of ['https://m/key', { url: 'http://m/key', sha256 }]) expect(keyed(key)).toEqual([]);
});

test('a manifest may be JSON', () => {
  const text = planText({ network: { plugin: { manifest: 'cni.json' } } });
  expect(parsePlan(text, { readFile: () => '{"apiVersion": "v1",\n "kind": "List", "items": []}' }).problems).toEqual(
    [],
  );
  expect(parsePlan(text, { readFile: () => '{"a": 1}' }).problems).toMatchObject([
    { code: 'manifest-without-objects' },
  ]);
});

test('a manifest over http that nothing pins is a warning', () => {
  const manifest = 'http://m/plugin.yaml';
  const of = (plugin: object) => warningsOf({ network: { plugin } });
  expect(of({ manifest })).toEqual(['network.plugin.manifest: manifest-over-http']);
  expect(of({ manifest, sha256: 'a'.repeat(64) })).toEqual([]);
  expect(of({ manifest: 'https://m/plugin.yaml' })).toEqual([]);
});

test('a cri-dockerd over http that nothing pins is a warning', () => {
  const of = (criDockerd: object) => warningsOf({ runtime: { name: 'docker', criDockerd } });
  expect(of({ mirror: 'http://m' })).toEqual(['runtime.criDockerd.mirror: program-over-http']);
  expect(of({ url: 'http://m/a.tgz' })).toEqual(['runtime.criDockerd.url: program-over-http']);
  expect(of({ url: 'http://m/a.tgz', sha256: 'a'.repeat(64) })).toEqual([]);
  expect(of({ mirror: 'https://m' })).toEqual([]);
});
