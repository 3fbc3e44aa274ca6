const begin = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const end = '-----END PGP PUBLIC KEY BLOCK-----';

/** Converts a public key, armoured or binary, to ASCII armour (RFC 9580, 6.2); null: not a public key. */
export function armoured(key: Buffer): string | null {
  const text = key.toString('latin1');
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from >= 0 && to >= 0) return `${text.slice(from, to + end.length).replaceAll('\r\n', '\n')}\n`;
  return startsWithPublicKey(key) ? armour(key) : null;
}

/** Tests for a packet header with tag 6, in the old or new format. */
function startsWithPublicKey(key: Buffer): boolean {
  const first = key[0] ?? 0;
  return first === 0xc6 || (first >= 0x98 && first <= 0x9b);
}

function armour(key: Buffer): string {
  const lines = key.toString('base64').match(/.{1,64}/g) ?? [];
  return [begin, '', ...lines, `=${checksum(key)}`, end, ''].join('\n');
}

/** OpenPGP's CRC-24; older releases of apt reject armour without it. */
function checksum(data: Buffer): string {
  let crc = 0xb704ce;
  for (const byte of data) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if (crc & 0x1000000) crc ^= 0x1864cfb;
    }
  }
  const bytes = Buffer.alloc(3);
  bytes.writeUIntBE(crc & 0xffffff, 0, 3);
  return bytes.toString('base64');
}
