import { expect, test } from 'vitest';
import { refusalOf, refusalOfOld } from '../../../agent/facts/docker-refusals.ts';

test.each([
  [
    { 'exec-opts': 'native.cgroupdriver=systemd' },
    'cannot unmarshal string into Go struct field Config.exec-opts of type []string',
  ],
  [{ 'insecure-registries': 'x' }, 'Config.insecure-registries of type []string'],
  [{ dns: ['1.1.1.1', 8] }, 'Config.dns of type []string'],
  [{ debug: 'true' }, 'cannot unmarshal string into Go struct field Config.debug of type bool'],
  [{ mtu: '1400' }, 'cannot unmarshal string into Go struct field Config.mtu of type int'],
  [{ 'log-opts': ['max-size=10m'] }, 'cannot unmarshal array into Go struct field Config.log-opts'],
  [{ features: { buildkit: 'true' } }, 'cannot unmarshal string into Go struct field Config.features of type bool'],
  [{ features: 'buildkit' }, 'Config.features of type map[string]bool'],
  [{ 'default-ulimits': { nofile: 64000 } }, 'cannot unmarshal number into Go struct field Config.default-ulimits'],
  [{ runtimes: [] }, 'cannot unmarshal array into Go struct field Config.runtimes'],
  [{ mtu: -1 }, 'invalid default MTU: -1'],
  [{ 'max-concurrent-downloads': -3 }, 'invalid max concurrent downloads: -3'],
  [{ dns: ['192.0.2.53', 'dns.example'] }, 'invalid IP address: dns.example'],
  [{ ip: '0.0.0' }, 'invalid IP address: 0.0.0'],
  [{ 'default-gateway': 'gateway' }, 'invalid IP address: gateway'],
  [{ 'max-download-attempts': -1 }, 'invalid max download attempts: -1'],
  [{ labels: ['rack=1', 'ssd'] }, 'bad attribute format: ssd'],
  [{ 'fixed-cidr': 24 }, 'cannot unmarshal number into Go struct field Config.fixed-cidr of type string'],
  [{ 'registry-mirrors': ['m.example'] }, 'unsupported scheme ""'],
  [{ 'registry-mirrors': ['https://u:p@m.example'] }, 'username/password not allowed'],
  [{ 'default-runtime': 'nvidia' }, "specified default runtime 'nvidia' does not exist"],
  [{ 'min-api-version': 1.24 }, 'cannot unmarshal number into Go struct field Config.min-api-version of type string'],
  [{ 'min-api-version': 'v1.24' }, 'without "v" prefix'],
  [{ 'log-level': 'verbose' }, 'unable to parse logging level: verbose'],
  [{ 'userns-remap': 'default' }, 'user namespaces'],
])('%j is refused as dockerd does', (config, said) => {
  expect(refusalOf(config)).toContain(said);
});

test('only an old dockerd refuses a mirror with a path', () => {
  const config = { 'registry-mirrors': ['https://m.example/', 'https://m.example/x'] };
  expect(refusalOf(config)).toBeNull();
  expect(refusalOfOld(config)).toContain('path, query, or fragment at end of the URI "https://m.example/x"');
  expect(refusalOfOld({ 'registry-mirrors': ['https://m.example/'] })).toBeNull();
});

test('no password is repeated', () => {
  expect(refusalOf({ 'registry-mirrors': ['https://u:secret@m.example'] })).not.toContain('secret');
});

test.each([
  {},
  { 'registry-mirrors': ['https://m.example/', 'http://10.0.0.1:5000'], 'insecure-registries': [], dns: null },
  { 'default-runtime': 'nvidia', runtimes: { nvidia: { path: '/usr/bin/nvidia-container-runtime', args: [] } } },
  // docker before 23.0 takes the space; later ones validate the file themselves once they are installed.
  { dns: ['192.0.2.53', '2001:db8::53', '', '192.0.2.53 '], ip: '', features: { buildkit: true } },
  { 'default-ulimits': { nofile: { Name: 'nofile', Hard: 64000, Soft: 64000 } }, runtimes: null, mtu: 0 },
  // Go leaves out what is null.
  { 'default-ulimits': { nofile: null }, runtimes: { nvidia: null }, features: { buildkit: null }, labels: null },
  { 'default-gateway': '192.0.2.1', 'max-download-attempts': 0, labels: ['rack=1', 'empty='] },
  { 'min-api-version': '1.24' },
  { 'min-api-version': '' },
  { 'log-level': 'Warn', 'userns-remap': '', debug: false, mtu: 1400 },
])('%j is accepted', (config) => expect(refusalOf(config)).toBeNull());
