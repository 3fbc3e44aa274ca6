import { expect, test } from 'vitest';
import { kubeadmApiVersion, minorVersion } from '../../../shared/kubeadm/version.ts';

test.each([
  ['1.20.2', 20, 'v1beta2'],
  ['1.21.14', 21, 'v1beta2'],
  ['1.22.0', 22, 'v1beta3'],
  ['1.30.9', 30, 'v1beta3'],
  ['1.31.0', 31, 'v1beta4'],
])('%s', (version, minor, api) => {
  expect(minorVersion(version)).toBe(minor);
  expect(kubeadmApiVersion(version)).toBe(api);
});

test.each(['2.0.0', '1.23', ''])('%j is refused', (version) => expect(() => minorVersion(version)).toThrow(RangeError));
