import { type Element, elements } from './der.ts';

/** What a PKCS#10 request asks for, as far as its approval depends on it. */
export interface CertificateRequest {
  /** In their order, such as [['O', 'system:nodes'], ['CN', 'system:node:node01']]; an attribute other than these two has its OID in hex. */
  subject: [type: string, value: string][];
  /** It asks for extensions, such as other names, which a kubelet's client certificate has no use for. */
  hasAttributes: boolean;
}

const tags = { integer: 0x02, utf8: 0x0c, printable: 0x13, sequence: 0x30, set: 0x31, attributes: 0xa0 } as const;
const types: Readonly<Record<string, string>> = { '550403': 'CN', '55040a': 'O' };

/**
 * Reads a request in PEM. Strict, for an approval depends on it: throws RangeError for whatever could be read in two ways, and for what no
 * kubelet sends (names of several values, other kinds of strings).
 */
export function parseCertificateRequest(pem: string): CertificateRequest {
  const [request] = inside(decodePem(pem), [tags.sequence]);
  const [info] = elements(request);
  if (info?.tag !== tags.sequence) throw new RangeError('not a certificate request');
  const [, subject, , attributes] = inside(info.content, [tags.integer, tags.sequence, tags.sequence, tags.attributes]);
  return { subject: elements(subject).map(readName), hasAttributes: attributes.length > 0 };
}

function decodePem(pem: string): Buffer {
  const block = /^-----BEGIN CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE REQUEST-----\s*$/.exec(
    pem,
  );
  const base64 = (block?.[1] ?? '').replace(/\s/g, '');
  const der = Buffer.from(base64, 'base64');
  // Node ends at the padding and is content; others would read on or refuse.
  if (base64 === '' || der.toString('base64') !== base64) throw new RangeError('not a PEM certificate request');
  return der;
}

function readName(name: Element): [string, string] {
  if (name.tag !== tags.set) throw new RangeError('not a name');
  const [pair] = inside(name.content, [tags.sequence]);
  const [type, value] = elements(pair);
  if (type === undefined || value === undefined || elements(pair).length !== 2) throw new RangeError('not a name');
  if (value.tag !== tags.utf8 && value.tag !== tags.printable) throw new RangeError('not a string of a name');
  const oid = type.content.toString('hex');
  return [types[oid] ?? oid, value.content.toString('utf8')];
}

/** The contents of exactly these elements, in this order. */
function inside<const T extends readonly number[]>(der: Buffer, wanted: T): { [K in keyof T]: Buffer } {
  const found = elements(der);
  if (found.length !== wanted.length || found.some(({ tag }, index) => tag !== wanted[index])) {
    throw new RangeError('not a certificate request');
  }
  return found.map(({ content }) => content) as { [K in keyof T]: Buffer };
}
