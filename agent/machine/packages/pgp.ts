import { createHash } from 'node:crypto';

/** A key, or a subkey of it (RFC 4880, RFC 9580): what decides whether a repository's signature is accepted. */
export interface PublicKey {
  /** 16 hexadecimal digits. */
  id: string;
  /** In ms; null: never. */
  expires: number | null;
  /** Hash algorithm of its newest self-signature; 2 is SHA-1. */
  hash: number;
}

export interface Signature {
  version: number;
  hash: number;
  /** When it was made, in ms. */
  at: number;
  /** Id of the key; null: not named. */
  issuer: string | null;
}

interface Packet {
  tag: number;
  body: Buffer;
}

interface SelfSignature extends Signature {
  type: number;
  /** Seconds after the key's creation; 0: never. */
  lifetime: number;
}

const tags = { signature: 2, key: 6, subkey: 14 };

interface Reading {
  id: string;
  created: number;
  newest: SelfSignature | null;
  direct: SelfSignature | null;
  primary: Reading | null;
}

/** The keys and subkeys of a binary or armoured key file. A subkey does not outlive its key. */
export function publicKeys(file: Buffer): PublicKey[] {
  const all: Reading[] = [];
  for (const { tag, body } of packets(binary(file))) {
    const current = all.at(-1);
    const primary = current?.primary ?? current ?? null;
    if (tag === tags.key) all.push({ ...keyOf(body), newest: null, direct: null, primary: null });
    else if (tag === tags.subkey) all.push({ ...keyOf(body), newest: null, direct: null, primary });
    else if (tag === tags.signature && current !== undefined) {
      const found = signatureOf(body);
      const isOwn = found !== null && [null, primary?.id].includes(found.issuer);
      if (!isOwn || !isBinding(found.type, current)) continue;
      // A key may state its end in a signature of its own instead of that of its user id.
      const place = found.type === direct ? 'direct' : 'newest';
      if (found.at >= (current[place]?.at ?? 0)) current[place] = found;
    }
  }
  return all.flatMap((one) => {
    const ends = [one, ...(one.primary === null ? [] : [one.primary])].flatMap(endOf);
    const { hash } = one.primary?.newest ?? one.newest ?? {};
    return hash === undefined ? [] : [{ id: one.id, hash, expires: ends.length === 0 ? null : Math.min(...ends) }];
  });
}

const direct = 0x1f;

function endOf({ created, ...signed }: Reading): number[] {
  const lifetime = signed.newest?.lifetime || signed.direct?.lifetime;
  return lifetime ? [created + lifetime * 1000] : [];
}

/** A certification of a user id or of the key itself; for a subkey, its binding. */
const isBinding = (type: number, { primary }: Reading) =>
  primary === null ? (type >= 0x10 && type <= 0x13) || type === direct : type === 0x18;

/** The signatures of an InRelease or Release.gpg file. */
export function signaturesIn(text: string): Signature[] {
  return packets(decoded(text, 'SIGNATURE')).flatMap(({ tag, body }) =>
    tag === tags.signature ? (signatureOf(body) ?? []) : [],
  );
}

function keyOf(body: Buffer): { id: string; created: number } {
  const head = Buffer.from([0x99, body.length >> 8, body.length & 0xff]);
  const fingerprint = createHash('sha1').update(head).update(body).digest('hex');
  return { id: fingerprint.slice(-16), created: body.readUInt32BE(1) * 1000 };
}

function signatureOf(body: Buffer): SelfSignature | null {
  const [version = 0] = body;
  if (version === 3 && body.length > 16) {
    const issuer = body.subarray(7, 15).toString('hex');
    return { version, type: body[2] ?? 0, at: body.readUInt32BE(3) * 1000, issuer, hash: body[16] ?? 0, lifetime: 0 };
  }
  if (version !== 4 || body.length < 8) return null;
  const hashed = 6 + body.readUInt16BE(4);
  const fields = new Map([
    ...subpackets(body.subarray(hashed + 2, hashed + 2 + body.readUInt16BE(hashed))),
    ...subpackets(body.subarray(6, hashed)),
  ]);
  const number = (type: number) => (fields.get(type)?.length === 4 ? (fields.get(type)?.readUInt32BE(0) ?? 0) : 0);
  const issuer = fields.get(16)?.toString('hex') ?? fields.get(33)?.subarray(-8).toString('hex') ?? null;
  return { version, type: body[1] ?? 0, at: number(2) * 1000, issuer, hash: body[3] ?? 0, lifetime: number(9) };
}

function* subpackets(bytes: Buffer): Generator<[type: number, value: Buffer]> {
  for (let at = 0; at < bytes.length; ) {
    const { length, start } = lengthAt(bytes, at);
    if (length === 0) return;
    yield [(bytes[start] ?? 0) & 0x7f, bytes.subarray(start + 1, start + length)];
    at = start + length;
  }
}

/** A length of the new format: one, two or five octets. */
function lengthAt(bytes: Buffer, at: number): { length: number; start: number } {
  const first = bytes[at] ?? 0;
  if (first < 192) return { length: first, start: at + 1 };
  if (first < 255) return { length: ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192, start: at + 2 };
  return { length: at + 5 <= bytes.length ? bytes.readUInt32BE(at + 1) : 0, start: at + 5 };
}

function packets(bytes: Buffer): Packet[] {
  const found: Packet[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = bytes[at] ?? 0;
    if ((head & 0x80) === 0) break;
    const isNew = (head & 0x40) !== 0;
    const { length, start } = isNew ? lengthAt(bytes, at + 1) : oldLengthAt(bytes, at);
    found.push({ tag: isNew ? head & 0x3f : (head >> 2) & 0xf, body: bytes.subarray(start, start + length) });
    at = start + Math.max(length, 1);
  }
  return found;
}

/** The header's last two bits tell the size of the length; 3: until the end. */
function oldLengthAt(bytes: Buffer, at: number): { length: number; start: number } {
  const size = [1, 2, 4, 0][(bytes[at] ?? 0) & 3] ?? 0;
  const start = at + 1 + size;
  if (size === 0 || start > bytes.length) return { length: bytes.length - start, start };
  return { length: bytes.readUIntBE(at + 1, size), start };
}

/** A binary key file, or the content of its ASCII armour. */
function binary(file: Buffer): Buffer {
  return file.includes('-----BEGIN PGP ') ? decoded(file.toString('latin1'), '') : file;
}

/** Decodes blocks of ASCII armour (RFC 9580, 6.2) whose label begins so; several may follow each other. */
function decoded(text: string, label: string): Buffer {
  const content: string[] = [];
  let place: 'outside' | 'headers' | 'body' = 'outside';
  // Line by line, because a mirror may send anything: a pattern over the whole text would try every position.
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line.startsWith('-----')) place = line.startsWith(`-----BEGIN PGP ${label}`) ? 'headers' : 'outside';
    else if (place === 'headers' && !/^[\w-]+:/.test(line)) place = 'body';
    if (place === 'body' && !line.startsWith('-') && !line.startsWith('=')) content.push(line);
  }
  return Buffer.concat(content.map((line) => Buffer.from(line, 'base64')));
}
