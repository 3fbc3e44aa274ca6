import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureCertificates } from '../../../coordinator/server/certificates.ts';
import { removeFolder, tempFolder } from '../support.ts';

const now = new Date('2026-11-22T12:00:00Z');
const day = 24 * 3600_000;
let folder: string;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => removeFolder(folder));

const make = (more: { addresses?: string[]; names?: string[]; now?: Date } = {}) =>
  ensureCertificates(folder, { addresses: ['192.168.0.130'], names: ['master01'], now, ...more });

describe('ensureCertificates', () => {
  it('creates a CA and a certificate for the given names, localhost and a clock in the year 2000', async () => {
    const { caPem, certPem, pin, certificateSha256 } = await make();
    const certificate = new X509Certificate(certPem);
    const ca = new X509Certificate(caPem);
    expect(ca.ca).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    for (const ip of ['192.168.0.130', '127.0.0.1', '::1']) expect(certificate.checkIP(ip)).toBe(ip);
    for (const name of ['master01', 'localhost']) expect(certificate.checkHost(name)).toBe(name);
    expect(certificate.checkHost('example.org')).toBeUndefined();
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.validFromDate.getUTCFullYear()).toBe(2000);
    expect(certificate.validToDate.getTime() - now.getTime()).toBeGreaterThan(20 * 365 * day);
    const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
    expect(pin).toBe(createHash('sha256').update(spki).digest('base64'));
    expect(certificateSha256).toBe(certificate.fingerprint256.replaceAll(':', '').toLowerCase());
  });

  it('protects its keys from other users and returns the same ones at the next start', async () => {
    const first = await make();
    for (const file of ['ca.key', 'server.key']) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    expect(await make()).toEqual(first);
  });

  it.each([
    ['an address is added', { addresses: ['192.168.0.130', '10.0.0.1'] }],
    ['a name is added', { names: ['master01', 'muster.example.org'] }],
    ['it is about to expire', { now: new Date(now.getTime() + 29.5 * 365 * day) }],
  ])('reissues the server certificate with the same key when %s, so the pin stays valid', async (_, change) => {
    const first = await make();
    const second = await make(change);
    expect(second.certPem).not.toBe(first.certPem);
    expect(second.pin).toBe(first.pin);
    expect(second.caPem).toBe(first.caPem);
    expect(readFileSync(join(folder, 'server.crt'), 'utf8')).toBe(second.certPem);
  });

  it('stays valid for the address of a master whose role changes', async () => {
    await make();
    const { certPem } = await make({ addresses: ['192.168.0.123'] });
    const certificate = new X509Certificate(certPem);
    for (const ip of ['192.168.0.123', '192.168.0.130']) expect(certificate.checkIP(ip)).toBe(ip);
    expect((await make({ addresses: ['192.168.0.123'] })).certPem).toBe(certPem);
  });

  it.each([
    'ca.key',
    'ca.crt',
    'server.key',
    'server.crt',
  ])('refuses to start without %s, and does not create another', async (file) => {
    await make();
    rmSync(join(folder, file));
    await expect(make()).rejects.toMatchObject({ code: 'certificates-broken', message: expect.stringContaining(file) });
    expect(existsSync(join(folder, file))).toBe(false);
  });

  it('refuses a key of another certificate, and a truncated file', async () => {
    await make();
    const key = readFileSync(join(folder, 'server.key'), 'utf8');
    writeFileSync(join(folder, 'ca.key'), key);
    await expect(make()).rejects.toMatchObject({
      code: 'certificates-broken',
      message: expect.stringContaining('ca.key'),
    });
    writeFileSync(join(folder, 'ca.key'), key.slice(0, 60));
    await expect(make()).rejects.toMatchObject({
      code: 'certificates-broken',
      message: expect.stringContaining('PEM'),
    });
  });
});
