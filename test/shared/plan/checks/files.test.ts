import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planText, refuses } from '../plan-text.ts';

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

const warningsOf = (changes: Record<string, unknown>) =>
  parsePlan(planText(changes), { readFile: () => 'kind: x\n' }).warnings.map(({ path, code }) => `${path}: ${code}`);
const keyed = (key: unknown) => warningsOf({ kubernetes: { ...kubernetes, packages: { ...source, key } } });

test('a key over http that nothing pins is a warning', () => {
  const sha256 = 'a'.repeat(64);
  expect(keyed('http://m/key')).toEqual(['kubernetes.packages.key: key-over-http']);
  expect(keyed({ url: 'http://m/key' })).toEqual(['kubernetes.packages.key.url: key-over-http']);
  for (const key of ['https://m/key', { url: 'http://m/key', sha256 }]) expect(keyed(key)).toEqual([]);
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
