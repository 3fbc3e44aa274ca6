import { expect, test } from 'vitest';
import { compareVersions, isPlannedKubernetes, isVersion } from '../../../shared/compatibility/versions.ts';

test.each([
  ['1.20.2', '1.20.10', -1],
  ['1.20', '1.20.0', 0],
  ['v1.20.2', '1.20.2', 0],
  ['2.0', '1.99.99', 1],
  ['5:20.10.24-3', '20.10.5', 1],
  ['1.6.20~ds1-1+b1', '1.6.20', 0],
  ['3.0.0', '5.10.0-28-amd64', -1],
])('%s with %s', (a, b, order) => {
  expect(Math.sign(compareVersions(a, b))).toBe(order);
  expect(Math.sign(compareVersions(b, a))).toBe(order === 0 ? 0 : -order);
});

test.each([
  ['1.23.1-00', '1.23.1', true],
  ['1.23.10-00', '1.23.1', false],
  ['1.23.1', '1.23.1', true],
  ['1:1.23.1-00', '1.23.1', true],
  ['1.28.1-1.1', '1.28.1', true],
  ['1.28.11-1.1', '1.28.1', false],
  ['1.28.1-1.1', '1.28.1-1.1', true],
  ['1.28.1-1.10', '1.28.1-1.1', false],
  ['1.23.1~ds1-1', '1.23.1', true],
  ['1.23.1+dfsg-1', '1.23.1', true],
  ['5:20.10.24~3-0~debian-bookworm', '20.10.24', true],
  ['5:20.10.24~3-0~debian-bookworm', '20.10', true],
  ['5:20.10.24~3-0~debian-bookworm', '20.1', false],
  ['5:20.10.24~3-0~debian-bookworm', '20.10.24~3-0~debian-bookworm', true],
  ['5:20.10.24~3-0~debian-bookworm', '5:20.10.24~3-0~debian-bookworm', true],
  ['20.10.2+dfsg1-1', '20.10.24', false],
])('the package version %s is %s: %s', (packageVersion, wanted, is) => {
  expect(isVersion(packageVersion, wanted)).toBe(is);
});

test.each([
  ['1.23.1-00', null, true],
  ['1.23.10-00', null, false],
  ['1.23.1-01', '1.23.1-00', false],
  ['1.23.1-00', '1.23.1-00', true],
  ['1.23.1~rc.0-00', null, false],
])('a plan with 1.23.1 and the package %s (revision: %s): %s', (packageVersion, pinned, is) => {
  expect(isPlannedKubernetes(packageVersion, { version: '1.23.1', packageVersion: pinned })).toBe(is);
});
