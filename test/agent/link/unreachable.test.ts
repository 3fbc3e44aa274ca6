import { expect, test } from 'vitest';
import { unreachable } from '../../../agent/link/unreachable.ts';

const from = (code: string) => unreachable('https://192.0.2.1:7443', Object.assign(new Error('said so'), { code }));

test.each(['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND'])('%s passes and is tried again', (code) => {
  expect(from(code)).toMatchObject({ code: 'unreachable', status: 503 });
});

test.each([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s is a server that must not be trusted, which no waiting changes', (code) => {
  expect(from(code)).toMatchObject({ code: 'untrusted-coordinator', status: 495 });
});
