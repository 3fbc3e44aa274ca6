import { refuses } from '../plan-text.ts';

const kubernetes = { version: '1.30.2' };
const source = { url: 'http://m/apt', suite: 'stable', components: ['main'], key: 'http://m/key' };

refuses([
  [
    'an unknown source',
    { kubernetes: { ...kubernetes, packages: 'alyun' } },
    /packages: read "alyun"; public, aliyun or/,
  ],
  [
    'a URL with a space',
    { kubernetes: { ...kubernetes, packages: { ...source, url: 'http://m/ x' } } },
    /packages\.url: read "http:\/\/m\/ x"/,
  ],
  [
    'a missing key file',
    { kubernetes: { ...kubernetes, packages: { ...source, key: { file: 'k.asc' } } } },
    /key\.file: read "k\.asc"; a file that can be read.*no such file: k\.asc/,
  ],
  [
    'a key file without a key',
    { kubernetes: { ...kubernetes, packages: { ...source, key: { file: 'text' } } } },
    /key\.file: read "text"; an armoured key/,
  ],
  [
    'a key from two places',
    { kubernetes: { ...kubernetes, packages: { ...source, key: { file: 'text', url: 'http://m/k' } } } },
    /key: read a mapping; either `url` or `file`/,
  ],
  [
    'a suite without components',
    { kubernetes: { ...kubernetes, packages: { ...source, components: [] } } },
    /components: read a list; at least one is needed/,
  ],
  [
    'an image repository with a scheme',
    { kubernetes: { ...kubernetes, imageRepository: 'https://r/x' } },
    /imageRepository: read "https:\/\/r\/x"; .*without https/,
  ],
  ['no plugin', { network: {} }, /network\.plugin: read nothing; one of \{calico: v3\.24\.1\}/],
  [
    'two plugins',
    { network: { plugin: { calico: 'v3.24.1', flannel: 'v0.25.1' } } },
    /network\.plugin: read a mapping; exactly one of/,
  ],
  [
    'a malformed release',
    { network: { plugin: { calico: 'latest' } } },
    /plugin\.calico: read "latest"; a release is needed, such as v3\.24\.1/,
  ],
  [
    'a missing manifest',
    { network: { plugin: { manifest: 'cni.yaml' } } },
    /plugin\.manifest: read "cni\.yaml"; a file that can be read/,
  ],
  [
    'a manifest without objects',
    { network: { plugin: { manifest: 'text' } } },
    /plugin\.manifest: read "text"; a file with Kubernetes objects/,
  ],
]);
