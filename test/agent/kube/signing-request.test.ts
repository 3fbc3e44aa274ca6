import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { CertificationRequest } from '@peculiar/asn1-csr';
import { AsnConvert } from '@peculiar/asn1-schema';
import { expect, it } from 'vitest';
import { parseCertificateRequest } from '../../../agent/duties/certificate-request.ts';
import { signingRequest } from '../../../agent/kube/signing-request.ts';

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = signingRequest({ user: 'muster-coordinator:master01', group: 'muster:coordinators' }, keys);

it('is plain DER with the group and the user as its subject', () => {
  const subject = [
    ['O', 'muster:coordinators'],
    ['CN', 'muster-coordinator:master01'],
  ];
  expect(parseCertificateRequest(pem)).toEqual({ subject, hasAttributes: false });
});

it('is signed with its own key', () => {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const {
    certificationRequestInfo: info,
    certificationRequestInfoRaw: raw,
    signature,
  } = AsnConvert.parse(der, CertificationRequest);
  const own = createPublicKey({
    key: Buffer.from(AsnConvert.serialize(info.subjectPKInfo)),
    format: 'der',
    type: 'spki',
  });
  expect(own.equals(keys.publicKey)).toBe(true);
  expect(verify('sha256', new Uint8Array(raw ?? new ArrayBuffer(0)), own, Buffer.from(signature))).toBe(true);
});
