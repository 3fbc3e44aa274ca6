import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { certificate } from './der.ts';

it('the test certificates have the intended fields', () => {
  const { certPem } = certificate([['CN', 'x']], new Date('2030-02-03T04:05:06Z'));
  expect(new X509Certificate(certPem).validToDate.toISOString()).toBe('2030-02-03T04:05:06.000Z');
});
