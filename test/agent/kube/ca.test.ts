import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caFingerprint, caPin } from '../../../agent/kube/ca.ts';
import { ensureCertificates } from '../../../coordinator/server/certificates.ts';

test('a CA is pinned by its public key and identified by its certificate, and the two hashes differ', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-ca-'));
  const { caPem } = await ensureCertificates(folder, { addresses: ['127.0.0.1'], names: [], now: new Date() });
  await rm(folder, { recursive: true });
  expect(caPin(caPem)).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(caFingerprint(caPem)).toBe(new X509Certificate(caPem).fingerprint256.replaceAll(':', '').toLowerCase());
  expect(caPin(caPem)).not.toContain(caFingerprint(caPem));
});

test('anything but a certificate is refused', () => {
  expect(() => caPin('no certificate')).toThrow();
  expect(() => caFingerprint('')).toThrow();
});
