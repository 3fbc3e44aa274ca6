import { expect, test } from 'vitest';
import { defaultImageRepository, readVersion } from '../../../shared/plan/kubernetes-version.ts';

test('a version may have a v, and a revision of its package', () => {
  expect(readVersion('v1.23.0')).toEqual({ version: '1.23.0', packageVersion: null });
  expect(readVersion('1.23.0-00')).toEqual({ version: '1.23.0', packageVersion: '1.23.0-00' });
  expect(readVersion('1.30.2-1.1')).toEqual({ version: '1.30.2', packageVersion: '1.30.2-1.1' });
});

test.each([
  ['1.20.2', 'k8s.gcr.io'],
  ['1.22.16', 'k8s.gcr.io'],
  ['1.22.17', 'registry.k8s.io'],
  ['1.23.15', 'registry.k8s.io'],
  ['1.24.8', 'k8s.gcr.io'],
  ['1.24.9', 'registry.k8s.io'],
  ['1.25.0', 'registry.k8s.io'],
])('kubeadm %s takes its images from %s', (version, repository) => {
  expect(defaultImageRepository(version)).toBe(repository);
});
