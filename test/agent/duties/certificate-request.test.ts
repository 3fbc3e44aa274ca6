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
  ])('is read with its names as %s', (_, tag) => {
    const request = parseCertificateRequest(certificateRequest(subject(kubelet, tag)));
    expect(request).toEqual({ subject: [...kubelet], hasAttributes: false });
  });

  it('keeps every name, in order, also a second one of the same kind', () => {
    const names = [['CN', 'system:node:master01'], ...kubelet, ['OU', 'x']] as const;
    const { subject: read } = parseCertificateRequest(certificateRequest(subject(names)));
    expect(read).toEqual([['CN', 'system:node:master01'], ...kubelet, ['55040b', 'x']]);
  });

  it('shows that it asks for extensions', () => {
    const attribute = tlv(0x30, tlv(0x06, Buffer.from('2a864886f70d01090e', 'hex')), tlv(0x31));
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

  it.each([
    ['with a name of two values', certificateRequest(tlv(0x30, tlv(0x31, organisation, cn)))],
    [
      'with a string of another kind',
      certificateRequest(tlv(0x30, tlv(0x31, pair('550403', tlv(0x1e, Buffer.from('x')))))),
    ],
    ['with a length that is not the shortest', certificateRequest(tlv(0x30, longLength))],
    ['without the field of attributes', pem('CERTIFICATE REQUEST', signed(bare, privateKey))],
    ['with something behind it', certificateRequest(subject(kubelet)).replace('-----END', 'AAAA\n-----END')],
    ['cut off', pem('CERTIFICATE REQUEST', Buffer.from('308201', 'hex'))],
    ['twice', certificateRequest(subject(kubelet)) + certificateRequest(subject(kubelet))],
    ['that is a certificate', certificateRequest(subject(kubelet)).replaceAll('CERTIFICATE REQUEST', 'CERTIFICATE')],
    ['of nothing', ''],
  ])('%s is refused', (_, text) => {
    expect(() => parseCertificateRequest(text)).toThrow(RangeError);
  });
});
