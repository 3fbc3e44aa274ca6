import { CertificationRequest } from '@peculiar/asn1-csr';
import { AsnConvert } from '@peculiar/asn1-schema';

/** The parts of a PKCS#10 request that its approval depends on. */
export interface CertificateRequest {
  /** In order, such as [['O', 'system:nodes'], ['CN', 'system:node:node01']]; other attributes appear as their OID. */
  subject: [type: string, value: string][];
  /**
   * The request has attributes, such as subject alternative names, which a kubelet's client certificate does not need.
   */
  hasAttributes: boolean;
}

type Subject = CertificationRequest['certificationRequestInfo']['subject'];

const types: Readonly<Record<string, string>> = { '2.5.4.3': 'CN', '2.5.4.10': 'O' };

/**
 * Parses a PEM request. Strict, because an approval depends on it: throws RangeError for ambiguous input and for forms
 * that no kubelet sends (multi-valued names, other string types). Does not verify the signature: the API server has
 * authenticated the requester.
 */
export function parseCertificateRequest(pem: string): CertificateRequest {
  const der = decodePem(pem);
  const request = AsnConvert.parse(der, CertificationRequest);
  const info = request.certificationRequestInfo;
  // The parser accepts BER and skips unknown fields; only plain DER survives the round trip unchanged.
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
  // Node ignores everything after the padding; other decoders continue or reject it.
  if (base64 === '' || der.toString('base64') !== base64) throw new RangeError('not a PEM certificate request');
  return der;
}

function readName(name: Subject[number]): [string, string] {
  const [pair, ...more] = name;
  const value = pair?.value.printableString ?? pair?.value.utf8String;
  if (pair === undefined || value === undefined || more.length > 0) throw new RangeError('not a name of one string');
  return [types[pair.type] ?? pair.type, value];
}
