import { CertificationRequest } from '@peculiar/asn1-csr';
import { AsnConvert } from '@peculiar/asn1-schema';

/** What a PKCS#10 request asks for, as far as its approval depends on it. */
export interface CertificateRequest {
  /** In their order, such as [['O', 'system:nodes'], ['CN', 'system:node:node01']]; an attribute other than these two has its OID. */
  subject: [type: string, value: string][];
  /** It asks for extensions, such as other names, which a kubelet's client certificate has no use for. */
  hasAttributes: boolean;
}

type Subject = CertificationRequest['certificationRequestInfo']['subject'];

const types: Readonly<Record<string, string>> = { '2.5.4.3': 'CN', '2.5.4.10': 'O' };

/**
 * Reads a request in PEM. Strict, because an approval depends on it: throws for whatever could be read in two ways, and for what
 * no kubelet sends (names of several values, other kinds of strings). Its signature is not checked: the API server knows who sent it.
 */
export function parseCertificateRequest(pem: string): CertificateRequest {
  const der = decodePem(pem);
  const request = AsnConvert.parse(der, CertificationRequest);
  const info = request.certificationRequestInfo;
  // The parser accepts BER and skips what it does not know; only DER without additions comes out as it went in.
  const isExact =
    same(AsnConvert.serialize(request), der) &&
    same(AsnConvert.serialize(info), request.certificationRequestInfoRaw ?? new ArrayBuffer(0));
  if (!isExact || info.version !== 0) throw new RangeError('not a certificate request in DER');
  return { subject: [...info.subject].map(readName), hasAttributes: info.attributes.length > 0 };
}

const same = (a: ArrayBuffer, b: ArrayBuffer | Buffer) => Buffer.from(a).equals(new Uint8Array(b));

function decodePem(pem: string): Buffer {
  const block = /^-----BEGIN CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE REQUEST-----\s*$/.exec(
    pem,
  );
  const base64 = (block?.[1] ?? '').replace(/\s/g, '');
  const der = Buffer.from(base64, 'base64');
  // Node stops at the padding without an error; others read on or refuse.
  if (base64 === '' || der.toString('base64') !== base64) throw new RangeError('not a PEM certificate request');
  return der;
}

function readName(name: Subject[number]): [string, string] {
  const [pair, ...more] = name;
  const value = pair?.value.printableString ?? pair?.value.utf8String;
  if (pair === undefined || value === undefined || more.length > 0) throw new RangeError('not a name of one string');
  return [types[pair.type] ?? pair.type, value];
}
