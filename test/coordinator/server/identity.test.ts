import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openIdentity } from '../../../coordinator/server/identity.ts';
import { silentLogger } from '../../../shared/logger.ts';

test('the certificate is valid for all planned coordinators, with the same key after the plan gains some', async () => {
  const state = await mkdtemp(join(tmpdir(), 'muster-identity-'));
  const addresses = ['192.168.0.130'];
  const identity = await openIdentity({
    state,
    listen: '0.0.0.0:7443',
    url: () => 'https://192.168.0.130:7443',
    addresses: () => addresses,
    now: () => new Date(),
    log: silentLogger(),
  });
  const { pin } = identity.current();
  addresses.push('192.168.0.131', 'muster.example');
  expect(await identity.renew()).toBe(true);
  const certificate = new X509Certificate(identity.current().certPem);
  expect(addresses.slice(0, 2).map((address) => certificate.checkIP(address))).toEqual(addresses.slice(0, 2));
  expect(certificate.checkHost('muster.example')).toBe('muster.example');
  expect(identity.current().pin).toBe(pin);
  await rm(state, { recursive: true });
});
