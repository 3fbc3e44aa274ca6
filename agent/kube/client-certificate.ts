import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Host } from '../host/host.ts';
import type { KubeClient } from './client.ts';

const collection = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const signerName = 'kubernetes.io/kube-apiserver-client';
/** The controller-manager signs within a second; a new one needs longer. */
const [attempts, pauseMs] = [60, 500];

const requestSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  status: z.looseObject({ certificate: z.base64().optional() }).optional(),
});

/** Who a client certificate is for. */
export interface Subject {
  user: string;
  group: string;
}

/**
 * Has the cluster sign a client certificate for a new key: creates the request, approves it and deletes it. Needs an
 * administrator's client. Throws MusterError `certificate-not-signed`, `kube-unreachable` or `kube-refused`.
 */
export async function clientCertificate(
  { client, host, signal }: { client: KubeClient; host: Pick<Host, 'sleep'>; signal: AbortSignal },
  subject: Subject,
): Promise<{ certPem: string; keyPem: string }> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const request = requestPem(subject, spki, (info) => sign('sha256', info, privateKey));
  const name = `muster-${randomUUID()}`;
  const path = `${collection}/${name}`;
  const created = requestSchema.parse(
    await client.create(collection, {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name },
      spec: {
        signerName,
        request: Buffer.from(request).toString('base64'),
        usages: ['digital signature', 'client auth'],
      },
    }),
  );
  const condition = { type: 'Approved', status: 'True', reason: 'muster', message: `for ${subject.user}` };
  await client.replace(`${path}/approval`, { ...created, status: { ...created.status, conditions: [condition] } });
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      signal.throwIfAborted();
      const { certificate } = requestSchema.parse(await client.get(path)).status ?? {};
      const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      if (certificate !== undefined) return { certPem: Buffer.from(certificate, 'base64').toString(), keyPem };
      await host.sleep(pauseMs, signal);
    }
    throw new MusterError('certificate-not-signed', { user: subject.user, seconds: (attempts * pauseMs) / 1000 });
  } finally {
    await client.remove(path);
  }
}

/** DER: tag, length, content. */
function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: Buffer[]) => tlv(0x30, ...parts);
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'));
const [organization, commonName, ecdsaSha256] = [oid('55040a'), oid('550403'), oid('2a8648ce3d040302')];
const attribute = (type: Buffer, value: string) => tlv(0x31, sequence(type, tlv(0x0c, Buffer.from(value))));

/** A PKCS#10 request in PEM. `signed`: signs with ECDSA and SHA-256. */
function requestPem({ user, group }: Subject, spki: Buffer, signed: (info: Buffer) => Buffer): string {
  const name = sequence(attribute(organization, group), attribute(commonName, user));
  const info = sequence(tlv(0x02, Buffer.from([0])), name, spki, tlv(0xa0));
  const der = sequence(info, sequence(ecdsaSha256), tlv(0x03, Buffer.from([0]), signed(info)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join('\n');
}
