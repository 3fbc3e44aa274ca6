import { expect, test } from 'vitest';
import { criSocket, pauseImage } from '../../../shared/kubeadm/runtime.ts';
import { kubeadmApiVersion, minorVersion } from '../../../shared/kubeadm/version.ts';
import { planOf } from '../plan/plan-text.ts';

test.each([
  ['1.20.2', '3.2'],
  ['1.21.0', '3.4.1'],
  ['1.22.17', '3.5'],
  ['1.23.0', '3.6'],
  ['1.24.17', '3.7'],
  ['1.25.16', '3.8'],
  ['1.26.0', '3.9'],
  ['1.30.14', '3.9'],
  ['1.31.0', '3.10'],
  ['1.33.7', '3.10'],
  ['1.34.0', '3.10.1'],
  ['1.36.2', '3.10.2'],
])('kubeadm %s uses pause:%s', (version, tag) => {
  const kubernetes = { version, imageRepository: 'r.example.com/k8s' };
  expect(pauseImage(kubernetes)).toBe(`r.example.com/k8s/pause:${tag}`);
  expect(pauseImage(kubernetes, '3.99')).toBe('r.example.com/k8s/pause:3.99');
});

test('a version newer than all known ones uses the newest known sandbox image', () => {
  const of = (version: string) => pauseImage({ version, imageRepository: 'r' });
  expect(of('1.99.0')).toBe(of('1.36.0'));
});

test.each([
  ['docker', '1.23.0', '/var/run/dockershim.sock'],
  ['docker', '1.24.0', 'unix:///var/run/cri-dockerd.sock'],
  ['docker', '1.34.1', 'unix:///var/run/cri-dockerd.sock'],
  ['containerd', '1.23.0', '/run/containerd/containerd.sock'],
  ['containerd', '1.24.0', 'unix:///run/containerd/containerd.sock'],
])('the socket of %s for %s is %s', (runtime, version, socket) => {
  const { settings } = planOf({ kubernetes: { version, packages: 'aliyun' }, runtime });
  expect(criSocket(settings)).toBe(socket);
});

test.each(['', '1.23', '2.0.0', 'v1.23.0'])('%j is not a version', (version) => {
  expect(() => minorVersion(version)).toThrow(RangeError);
  expect(() => kubeadmApiVersion(version)).toThrow(RangeError);
});
