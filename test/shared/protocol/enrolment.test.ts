import { expect, it } from 'vitest';
import { enrolResponseSchema, joinCredentialSchema } from '../../../shared/protocol/enrolment.ts';

const title = '\u001b]0;x\u0007';
const certificate = `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(20)}\n-----END CERTIFICATE-----\n`;

it('the answer to an enrolment, which root’s terminal shows, can contain names only', () => {
  const answer = (cluster: string) =>
    enrolResponseSchema.safeParse({ host: 'node01', role: 'worker', cluster }).success;
  expect([answer('demo'), answer(`demo${title}`)]).toEqual([true, false]);
});

it('a join credential has certificates as its CA and nothing else', () => {
  const credential = { token: 'abcdef.0123456789abcdef', expiresAt: '2026-01-01T00:00:00Z', caSha256: '0'.repeat(64) };
  const accepts = (caPem: string) => joinCredentialSchema.safeParse({ ...credential, caPem }).success;
  expect([accepts(certificate), accepts(`${certificate}x: y\n`), accepts('')]).toEqual([true, false, false]);
});
