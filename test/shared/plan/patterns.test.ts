import { expect, test } from 'vitest';
import {
  dnsName,
  imageRepository,
  kubernetesVersion,
  labelKey,
  labelValue,
  line,
  noProxyEntry,
  opaqueId,
  packageName,
  packageVersion,
  proxyUrl,
  registry,
  repositoryWord,
  url,
} from '../../../shared/plan/patterns.ts';

const patterns = {
  dnsName,
  imageRepository,
  kubernetesVersion,
  labelKey,
  labelValue,
  line,
  noProxyEntry,
  opaqueId,
  packageName,
  packageVersion,
  proxyUrl,
  registry,
  repositoryWord,
  url,
};

type Name = keyof typeof patterns;

test.each<[Name, string]>([
  ['dnsName', 'node01.example.com'],
  ['dnsName', '10.0.0.1'],
  ['url', 'https://mirror.example.com:8443/kubernetes/'],
  ['proxyUrl', 'http://svc-k8s:p%40ss@proxy.corp.example:3128'],
  ['proxyUrl', 'http://CORP%5Cme:a!b$c&d=@10.0.0.1:3128/'],
  ['proxyUrl', 'https://me@proxy'],
  ['proxyUrl', 'http://[fd00::1]:3128'],
  ['proxyUrl', 'http://me:pw@[fd00::1]:3128'],
  ['registry', '192.168.0.1:5000'],
  ['imageRepository', 'registry.example.com:5000/google_containers'],
  ['repositoryWord', '/'],
  ['packageName', 'docker.io'],
  ['kubernetesVersion', '1.23.0'],
  ['packageVersion', '1.30.2-1.1'],
  ['noProxyEntry', '.example.com'],
  ['labelKey', 'node-role.kubernetes.io/worker'],
  ['labelValue', ''],
  ['line', 'one line, 一行'],
])('%s accepts %j', (name, text) => expect(text).toMatch(patterns[name]));

/** Values that would become an option, a second argument, another line or another folder. */
const hostile = ['-oProxyCommand=x', 'a b', 'a\nb', '../../etc', '$(reboot)', '`reboot`', 'a;b'];
const places: readonly Name[] = [
  'dnsName',
  'url',
  'proxyUrl',
  'registry',
  'imageRepository',
  'packageName',
  'labelKey',
  'opaqueId',
];

test.each(places.flatMap((name) => hostile.map((text) => [name, text] as const)))('%s refuses %j', (name, text) => {
  expect(text).not.toMatch(patterns[name]);
});

test.each<[Name, string]>([
  ['url', 'https://user:password@example.com/'],
  ['url', 'file:///etc/passwd'],
  ['kubernetesVersion', '1.023.0'],
  ['dnsName', 'UPPER'],
  ['line', 'two\nlines'],
  ['repositoryWord', 'a/../b'],
])('%s also refuses %j', (name, text) => expect(text).not.toMatch(patterns[name]));
