import { describe, expect, it } from 'vitest';
import { parseCertificateRequest } from '../../../agent/duties/certificate-request.ts';
import { certificateRequest, keyPair, pem, signed, subject, tlv } from '../kube/der.ts';

const kubelet = [
  ['O', 'system:nodes'],
  ['CN', 'system:node:node01'],
] as const;

describe('a certificate request', () => {
  it.each([
    ['PrintableString, as Go writes it', 0x13],
    ['UTF8String, as openssl does', 0x0c],
  ])('is parsed with its names as %s', (_, tag) => {
    const request = parseCertificateRequest(certificateRequest(subject(kubelet, tag)));
    expect(request).toEqual({ subject: [...kubelet], hasAttributes: false });
  });

  it('keeps every name in order, including duplicates of one kind', () => {
    const names = [['CN', 'system:node:master01'], ...kubelet, ['OU', 'x']] as const;
    const { subject: read } = parseCertificateRequest(certificateRequest(subject(names)));
    expect(read).toEqual([['CN', 'system:node:master01'], ...kubelet, ['2.5.4.11', 'x']]);
  });

  it('exposes that it requests extensions', () => {
    const attribute = tlv(0x30, tlv(0x06, Buffer.from('2a864886f70d01090e', 'hex')), tlv(0x31));
    expect(parseCertificateRequest(certificateRequest(subject(kubelet), attribute)).hasAttributes).toBe(true);
  });

  it('exposes attributes also when one occurs twice', () => {
    const attribute = tlv(0x30, tlv(0x06, Buffer.from('2a864886f70d01090e', 'hex')), tlv(0x31));
    const request = certificateRequest(subject(kubelet), Buffer.concat([attribute, attribute]));
    expect(parseCertificateRequest(request).hasAttributes).toBe(true);
  });

  it('exposes a subject alternative name as an extension', () => {
    const name = tlv(0x30, tlv(0x82, Buffer.from('master01')));
    const extension = tlv(0x30, tlv(0x06, Buffer.from('551d11', 'hex')), tlv(0x04, name));
    const attribute = tlv(0x30, tlv(0x06, Buffer.from('2a864886f70d01090e', 'hex')), tlv(0x31, tlv(0x30, extension)));
    expect(parseCertificateRequest(certificateRequest(subject(kubelet), attribute)).hasAttributes).toBe(true);
  });

  const pair = (oid: string, value: ReturnType<typeof tlv>) => tlv(0x30, tlv(0x06, Buffer.from(oid, 'hex')), value);
  const organisation = pair('55040a', tlv(0x13, Buffer.from('system:nodes')));
  const cn = pair('550403', tlv(0x13, Buffer.from('system:node:node01')));
  const { publicKey, privateKey } = keyPair();
  const bare = tlv(
    0x30,
    tlv(0x02, Buffer.from([0])),
    subject(kubelet),
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const longLength = Buffer.concat([Buffer.from([0x31, 0x81, organisation.length]), organisation]);

  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const info = (...parts: Buffer[]) => pem('CERTIFICATE REQUEST', signed(tlv(0x30, ...parts), privateKey));
  const version = (number: number) => tlv(0x02, Buffer.from([number]));
  const der = Buffer.from(certificateRequest(subject(kubelet)).replace(/-----.*-----|\s/g, ''), 'base64');
  const indefinite = Buffer.concat([Buffer.from([0x31, 0x80]), organisation, Buffer.from([0, 0])]);
  const constructed = pair('550403', tlv(0x2c, tlv(0x0c, Buffer.from('system:node:')), tlv(0x0c, Buffer.from('x'))));

  it.each([
    ['with another version', info(version(1), subject(kubelet), spki, tlv(0xa0))],
    ['with a second subject', info(version(0), subject(kubelet), subject(kubelet), spki, tlv(0xa0))],
    ['with an extra field', info(version(0), subject(kubelet), spki, tlv(0xa0), tlv(0xa1))],
    ['with a name without a value', certificateRequest(tlv(0x30, tlv(0x31)))],
    ['with an extra value in a name', certificateRequest(tlv(0x30, tlv(0x31, tlv(0x30, organisation, cn))))],
    ['with an indefinite length', certificateRequest(tlv(0x30, indefinite))],
    ['with a constructed string', certificateRequest(tlv(0x30, tlv(0x31, constructed)))],
    [
      'with invalid UTF-8',
      certificateRequest(tlv(0x30, tlv(0x31, pair('550403', tlv(0x0c, Buffer.from([0xc0, 0x80])))))),
    ],
    ['with bytes after the DER', pem('CERTIFICATE REQUEST', Buffer.concat([der, Buffer.alloc(3)]))],
    ['nested without end', pem('CERTIFICATE REQUEST', Buffer.alloc(100_000, Buffer.from([0x30, 0x80])))],
    ['with a name of two values', certificateRequest(tlv(0x30, tlv(0x31, organisation, cn)))],
    ['with another string type', certificateRequest(tlv(0x30, tlv(0x31, pair('550403', tlv(0x1e, Buffer.from('x'))))))],
    ['with a length not in its shortest form', certificateRequest(tlv(0x30, longLength))],
    ['without the attributes field', pem('CERTIFICATE REQUEST', signed(bare, privateKey))],
    ['with trailing data', certificateRequest(subject(kubelet)).replace('-----END', 'AAAA\n-----END')],
    ['that is truncated', pem('CERTIFICATE REQUEST', Buffer.from('308201', 'hex'))],
    ['that occurs twice', certificateRequest(subject(kubelet)) + certificateRequest(subject(kubelet))],
    ['that is a certificate', certificateRequest(subject(kubelet)).replaceAll('CERTIFICATE REQUEST', 'CERTIFICATE')],
    ['that is empty', ''],
  ])('%s is refused', (_, text) => {
    expect(() => parseCertificateRequest(text)).toThrow();
  });

  it('is refused when it is truncated at any byte', () => {
    for (let length = 0; length < der.length; length += 1) {
      expect(() => parseCertificateRequest(pem('CERTIFICATE REQUEST', der.subarray(0, length)))).toThrow();
    }
  });

  it('never yields the expected subject after a byte of the subject has changed', () => {
    const read = (changed: Buffer) => {
      try {
        return parseCertificateRequest(pem('CERTIFICATE REQUEST', changed)).subject;
      } catch {
        return null;
      }
    };
    const name = subject(kubelet);
    const start = der.indexOf(name);
    for (let index = start; index < start + name.length; index += 1) {
      const changed = Buffer.from(der);
      changed[index] = (changed[index] ?? 0) ^ 0x01;
      expect(read(changed)).not.toEqual(kubelet);
    }
  });
});
