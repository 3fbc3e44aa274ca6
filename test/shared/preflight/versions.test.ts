import { expect, test } from 'vitest';
import { compareVersions } from '../../../shared/preflight/versions.ts';

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
