import { expect, test } from 'vitest';
import { unreachable } from '../../../../agent/link/transport/unreachable.ts';

const from = (code: string) => unreachable('https://192.0.2.1:7443', Object.assign(new Error('said so'), { code }));

test.each(['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND'])('%s is temporary and retried', (code) => {
  expect(from(code)).toMatchObject({ code: 'unreachable', status: 503 });
});

test.each([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s means an untrusted server, which retrying cannot change', (code) => {
  expect(from(code)).toMatchObject({ code: 'untrusted-coordinator', status: 495 });
});
