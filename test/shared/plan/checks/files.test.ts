import { refuses } from '../plan-text.ts';

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
