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
  [{ 'registry-mirrors': ['m.example'] }, 'unsupported scheme ""'],
  [{ 'registry-mirrors': ['https://u:p@m.example'] }, 'username/password not allowed'],
  [{ 'default-runtime': 'nvidia' }, "specified default runtime 'nvidia' does not exist"],
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
  { 'log-level': 'Warn', 'userns-remap': '', debug: false, mtu: 1400 },
])('%j is accepted', (config) => expect(refusalOf(config)).toBeNull());
