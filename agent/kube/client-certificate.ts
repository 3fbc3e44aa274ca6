import { generateKeyPairSync, randomUUID } from 'node:crypto';
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
 * Obtains a client certificate for a new key from the cluster: creates the request, approves it and deletes it. Needs
 * an administrator's client. Throws MusterError `certificate-not-signed`, `kube-unreachable` or `kube-refused`.
 */
export async function clientCertificate(
  { client, host, signal }: { client: KubeClient; host: Pick<Host, 'sleep'>; signal: AbortSignal },
  subject: Subject,
): Promise<{ certPem: string; keyPem: string }> {
  // Imported on demand: workers do not need the memory that the ASN.1 library takes.
  const { signingRequest } = await import('./signing-request.ts');
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = `muster-${randomUUID()}`;
  const path = `${collection}/${name}`;
  const created = requestSchema.parse(
    await client.create(collection, {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name },
      spec: {
        signerName,
        request: Buffer.from(signingRequest(subject, keys)).toString('base64'),
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
      const keyPem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      if (certificate !== undefined) return { certPem: Buffer.from(certificate, 'base64').toString(), keyPem };
      await host.sleep(pauseMs, signal);
    }
    throw new MusterError('certificate-not-signed', { user: subject.user, seconds: (attempts * pauseMs) / 1000 });
  } finally {
    await client.remove(path);
  }
}
