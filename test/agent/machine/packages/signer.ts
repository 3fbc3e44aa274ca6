import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { armoured } from '../../../../agent/machine/packages/pgp-armour.ts';

/** Makes OpenPGP keys and signatures (RFC 4880) of the kinds that repositories have; RSA only. */

export const hashes = { sha1: 2, sha256: 8 } as const;
export type Hash = keyof typeof hashes;

export interface Signer {
  /** Armoured public key. */
  publicKey: string;
  id: string;
  /** A Release file with its signature inside (InRelease). */
  clearsigned(text: string, options?: { version?: 3 | 4; hash?: Hash; at?: Date }): string;
}

/** `end`: when the key expires. `hash`: of its self-signature. */
export function createSigner({ at, end, hash = 'sha256' }: { at: Date; end?: Date; hash?: Hash }): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const jwk = publicKey.export({ format: 'jwk' });
  const integers = [jwk.n, jwk.e].map((value) => mpi(Buffer.from(value ?? '', 'base64url')));
  const body = Buffer.concat([Buffer.from([4]), time(at), Buffer.from([1]), ...integers]);
  const hashedKey = Buffer.concat([Buffer.from([0x99]), u16(body.length), body]);
  const id = createHash('sha1').update(hashedKey).digest().subarray(-8);
  const user = Buffer.from('muster test <test@example.com>');
  const ends = end === undefined ? [] : [subpacket(9, u32((end.getTime() - at.getTime()) / 1000))];
  const flags = subpacket(27, Buffer.from([0x03]));
  const over = Buffer.concat([hashedKey, Buffer.from([0xb4]), u32(user.length), user]);
  const certification = signatureV4(privateKey, id, { type: 0x13, at, hash, over, more: [flags, ...ends] });
  const key = Buffer.concat([packet(6, body), packet(13, user), packet(2, certification)]);
  return {
    publicKey: armoured(key) ?? '',
    id: id.toString('hex'),
    clearsigned(text, { version = 4, hash: of = 'sha256', at: when = at } = {}) {
      const over = Buffer.from(
        text
          .replace(/[ \t]+$/gm, '')
          .replace(/\n$/, '')
          .replaceAll('\n', '\r\n'),
      );
      const made = { type: 1, at: when, hash: of, over, more: [] };
      const signature = version === 3 ? signatureV3(privateKey, id, made) : signatureV4(privateKey, id, made);
      const block =
        packet(2, signature)
          .toString('base64')
          .match(/.{1,64}/g) ?? [];
      return [
        ...['-----BEGIN PGP SIGNED MESSAGE-----', `Hash: ${of.toUpperCase()}`, '', text.replace(/\n$/, '')],
        ...['-----BEGIN PGP SIGNATURE-----', '', ...block, '-----END PGP SIGNATURE-----', ''],
      ].join('\n');
    },
  };
}

interface Made {
  type: number;
  at: Date;
  hash: Hash;
  over: Buffer;
  more: readonly Buffer[];
}

function signatureV4(key: KeyObject, id: Buffer, { type, at, hash, over, more }: Made): Buffer {
  const hashed = Buffer.concat([subpacket(2, time(at)), ...more]);
  const head = Buffer.concat([Buffer.from([4, type, 1, hashes[hash]]), u16(hashed.length), hashed]);
  const data = Buffer.concat([over, head, Buffer.from([4, 0xff]), u32(head.length)]);
  const issuer = subpacket(16, id);
  return Buffer.concat([head, u16(issuer.length), issuer, ...signed(key, hash, data)]);
}

function signatureV3(key: KeyObject, id: Buffer, { type, at, hash, over }: Made): Buffer {
  const trailer = Buffer.concat([Buffer.from([type]), time(at)]);
  const head = Buffer.concat([Buffer.from([3, 5]), trailer, id, Buffer.from([1, hashes[hash]])]);
  return Buffer.concat([head, ...signed(key, hash, Buffer.concat([over, trailer]))]);
}

/** The hash's first two octets, and the signature. */
function signed(key: KeyObject, hash: Hash, data: Buffer): Buffer[] {
  return [createHash(hash).update(data).digest().subarray(0, 2), mpi(sign(hash, data, key))];
}

const u16 = (value: number) => Buffer.from([value >> 8, value & 0xff]);
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(Math.round(value));
  return bytes;
}
const time = (at: Date) => u32(Math.floor(at.getTime() / 1000));
const subpacket = (type: number, value: Buffer) => Buffer.concat([Buffer.from([value.length + 1, type]), value]);
const packet = (tag: number, body: Buffer) => Buffer.concat([Buffer.from([0xc0 | tag, 0xff]), u32(body.length), body]);

/** A number with its length in bits. */
function mpi(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const value = bytes.subarray(first);
  return Buffer.concat([u16(value.length * 8 - Math.clz32(value[0] ?? 0) + 24), value]);
}
