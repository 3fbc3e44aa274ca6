import { describe, expect, it } from 'vitest';
import { createApt } from '../../../../agent/machine/packages/apt.ts';
import { publicKeys, signaturesIn } from '../../../../agent/machine/packages/pgp.ts';
import type { PackageSource } from '../../../../shared/plan/schema.ts';
import { fakeHost } from '../../fake-host.ts';
import { createSigner } from './signer.ts';

const at = new Date('2025-01-01T00:00:00Z');
const end = new Date('2026-12-29T00:00:00Z');
const now = Date.parse('2026-11-29T00:00:00Z');
const release = 'Origin: test\nSuite: x\n';
const source: PackageSource = { url: 'https://m/deb/', suite: '/', components: [], key: { url: 'https://m/key' } };

/** As on Debian 13. */
const sqv = {
  '/usr/lib/apt/methods/sqv': '',
  '/usr/share/apt/default-sequoia.config':
    '[hash_algorithms]\nsha1.second_preimage_resistance = 2026-02-01    # legacy\n[packets]\nsignature.v3 = 2026-02-01\n',
};
const override = { '/etc/crypto-policies/back-ends/apt-sequoia.config': 'signature.v3 = 2028-02-01\n' };

const signed = (key: string, text: string, files: Record<string, string> = {}) =>
  createApt(fakeHost({ files })).signed(source, Buffer.from(key), async () => ({ state: 'ok', text }), now);

describe('a key file', () => {
  it('says when its keys end, armoured or binary', () => {
    const { publicKey, id } = createSigner({ at, end });
    const binary = Buffer.from(publicKey.split('\n').slice(2, -3).join(''), 'base64');
    for (const file of [Buffer.from(publicKey), binary])
      expect(publicKeys(file)).toEqual([{ id, hash: 8, expires: end.getTime() }]);
  });

  it('may have several keys, of which the last to end counts', () => {
    const keys = [end, new Date('2028-01-01T00:00:00Z')].map((one) => createSigner({ at, end: one }).publicKey);
    const { keyEnd } = createApt(fakeHost());
    expect(keyEnd(Buffer.from(keys.join('')))).toBe(Date.parse('2028-01-01T00:00:00Z'));
    expect(keyEnd(Buffer.from([...keys, createSigner({ at }).publicKey].join('')))).toBeNull();
    expect(keyEnd(Buffer.from('<html>'))).toBeNull();
  });

  it.each([
    '',
    'x',
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n/////w==\n-----END PGP PUBLIC KEY BLOCK-----',
  ])('that is damaged has no keys: %j', (text) => expect(publicKeys(Buffer.from(text))).toEqual([]));
});

describe('what a mirror sends as a key or a signature', () => {
  const begin = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n';
  const size = 65_536;
  const endless = {
    spaces: begin + ' '.repeat(size),
    'empty lines': begin + '\n'.repeat(size),
    headers: begin + 'a:\n'.repeat(size / 3),
    'beginnings of keys': begin.repeat(size / begin.length),
    'beginnings of signatures': '-----BEGIN PGP SIGNATURE-----'.repeat(size / 29),
  };
  it.each(Object.entries(endless))('costs little time: %s', (_, text) => {
    const before = process.cpuUsage();
    expect([publicKeys(Buffer.from(text)), signaturesIn(text)]).toEqual([[], []]);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(200);
  });
});

it('a signature names its key, version and hash', () => {
  const signer = createSigner({ at });
  const found = (version: 3 | 4) => signaturesIn(signer.clearsigned(release, { version }))[0];
  expect(found(4)).toMatchObject({ version: 4, hash: 8, issuer: signer.id, at: at.getTime() });
  expect(found(3)).toMatchObject({ version: 3, hash: 8, issuer: signer.id, at: at.getTime() });
});

describe('a repository', () => {
  const signer = createSigner({ at, end });
  const weakKey = createSigner({ at, hash: 'sha1' });

  it('is signed with a known key until its end', async () => {
    expect(await signed(signer.publicKey, signer.clearsigned(release), sqv)).toEqual({
      isKnown: true,
      expires: end.getTime(),
      refusal: null,
    });
  });

  it('is signed with another key', async () => {
    expect(await signed(signer.publicKey, weakKey.clearsigned(release))).toMatchObject({ isKnown: false });
  });

  it.each([
    ['v3', signer.publicKey, signer.clearsigned(release, { version: 3 }), { weakness: 'v3', since: '2026-02-01' }],
    ['SHA-1 key', weakKey.publicKey, weakKey.clearsigned(release), { weakness: 'sha1-key', since: '2026-02-01' }],
  ])('is refused by sqv, but not by gpgv: %s', async (_, key, text, refusal) => {
    expect(await signed(key, text, sqv)).toMatchObject({ refusal });
    expect(await signed(key, text)).toMatchObject({ refusal: null });
  });

  it('with SHA-1 is refused by every apt', async () => {
    const text = signer.clearsigned(release, { hash: 'sha1' });
    for (const files of [{}, sqv])
      expect(await signed(signer.publicKey, text, files)).toMatchObject({ refusal: { weakness: 'sha1' } });
  });

  it('is accepted under a policy of the site', async () => {
    const text = signer.clearsigned(release, { version: 3 });
    expect(await signed(signer.publicKey, text, { ...sqv, ...override })).toMatchObject({ refusal: null });
  });

  it('signed before its key ended is accepted by sqv, but not by gpgv', async () => {
    const past = new Date('2026-01-01T00:00:00Z');
    const old = createSigner({ at, end: past });
    expect(await signed(old.publicKey, old.clearsigned(release), sqv)).toMatchObject({ expires: null });
    expect(await signed(old.publicKey, old.clearsigned(release))).toMatchObject({ expires: past.getTime() });
  });

  it('without a readable signature is not judged', async () => {
    expect(await signed(signer.publicKey, '<html>')).toBeNull();
  });
});
