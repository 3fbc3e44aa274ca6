import { expect, test } from 'vitest';
import { withoutStorageRequest, withPodArguments } from '../../../agent/machine/static-pod.ts';

const manifest = (...args: string[]) =>
  [
    'spec:',
    '  containers:',
    '  - command:',
    '    - kube-apiserver',
    ...args.map((arg) => `    - ${arg}`),
    '    image: x',
    '',
  ].join('\n');
const wanted = { 'permit-port-sharing': 'true' };

test('an argument is added after the program, and other text stays', () => {
  const before = manifest('--advertise-address=10.1.0.1', '--allow-privileged=true');
  expect(withPodArguments(before, 'kube-apiserver', wanted)).toBe(
    manifest('--permit-port-sharing=true', '--advertise-address=10.1.0.1', '--allow-privileged=true'),
  );
});

test('an argument with another value is replaced, and one with the wanted value is not touched', () => {
  const right = manifest('--v=2', '--permit-port-sharing=true');
  expect(withPodArguments(manifest('--v=2', '--permit-port-sharing=false'), 'kube-apiserver', wanted)).toBe(right);
  expect(withPodArguments(right, 'kube-apiserver', wanted)).toBe(right);
});

test('a file that is no such manifest stays as it is', () => {
  expect(withPodArguments('kind: Pod\n', 'kube-apiserver', wanted)).toBe('kind: Pod\n');
});

test('the request for storage is removed, and nothing else', () => {
  const resources = (storage: string) =>
    `    name: etcd\n    resources:\n      requests:\n        cpu: 100m\n${storage}        memory: 100Mi\n      limits:\n        ephemeral-storage: 1Gi\n`;
  expect(withoutStorageRequest(resources('        ephemeral-storage: 100Mi\n'))).toBe(resources(''));
  expect(withoutStorageRequest(resources(''))).toBe(resources(''));
});
