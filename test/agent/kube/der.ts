import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A minimal DER encoder for certificates and requests, including malformed ones. */
export function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: Buffer[]) => tlv(0x30, ...parts);
const oids = { CN: '550403', O: '55040a', OU: '55040b' };
const ecdsaSha256 = sequence(tlv(0x06, Buffer.from('2a8648ce3d040302', 'hex')));

export type Names = readonly (readonly [type: keyof typeof oids, value: string])[];

/** `tag` 0x13: PrintableString, as Go writes it; 0x0c: UTF8String, as openssl does. */
export function subject(names: Names, tag = 0x13): Buffer {
  const one = (type: keyof typeof oids, value: string) =>
    tlv(0x31, sequence(tlv(0x06, Buffer.from(oids[type], 'hex')), tlv(tag, Buffer.from(value))));
  return sequence(...names.map(([type, value]) => one(type, value)));
}

export function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

export function keyPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

export function signed(info: Buffer, key: KeyObject): Buffer {
  return sequence(info, ecdsaSha256, tlv(0x03, Buffer.from([0]), sign('sha256', info, key)));
}

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });

/** A certificate request with this subject (DER) and these attributes. */
export function certificateRequest(name: Buffer, attributes: Buffer = Buffer.alloc(0)): string {
  const { publicKey, privateKey } = keyPair();
  const info = sequence(tlv(0x02, Buffer.from([0])), name, spki(publicKey), tlv(0xa0, attributes));
  return pem('CERTIFICATE REQUEST', signed(info, privateKey));
}

/** A self-signed certificate for 127.0.0.1, usable as its own CA. */
export function certificate(names: Names, notAfter = new Date('2099-01-01T00:00:00Z')) {
  const { publicKey, privateKey } = keyPair();
  const time = (date: Date) => tlv(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`));
  const extension = (oid: string, value: Buffer) => sequence(tlv(0x06, Buffer.from(oid, 'hex')), tlv(0x04, value));
  const info = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    ecdsaSha256,
    subject(names),
    sequence(time(new Date('2000-01-01T00:00:00Z')), time(notAfter)),
    subject(names),
    spki(publicKey),
    tlv(
      0xa3,
      sequence(
        extension('551d13', sequence(tlv(0x01, Buffer.from([0xff])))),
        extension('551d11', sequence(tlv(0x87, Buffer.from([127, 0, 0, 1])))),
      ),
    ),
  );
  return {
    certPem: pem('CERTIFICATE', signed(info, privateKey)),
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}
