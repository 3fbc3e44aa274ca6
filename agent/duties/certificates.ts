import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Host } from '../host/host.ts';
import { secretsPath, tokenSecretName } from '../kube/bootstrap-tokens.ts';
import type { KubeClient } from '../kube/client.ts';
import { runInitPhase } from '../steps/init-phase.ts';

const certificates = `${secretsPath}/kubeadm-certs`;
const tokenLabel = 'muster-token';
const objectSchema = z.object({
  metadata: z.object({
    uid: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    ownerReferences: z.array(z.object({ kind: z.string(), name: z.string() })).default([]),
  }),
});

/**
 * Uploads this control plane's certificates, encrypted with a new key, for the holder of one bootstrap token. Returns
 * the key, 64 hexadecimal digits; it is in no argument and no output of kubeadm. The certificates are deleted with the
 * token. Throws MusterError `program-failed`, `kube-unreachable` or `kube-refused`.
 */
export async function uploadCertificates(
  host: Host,
  client: KubeClient,
  assignment: Assignment,
  tokenId: string,
): Promise<string> {
  const certificateKey = randomBytes(32).toString('hex');
  const flags = ['--upload-certs', '--skip-certificate-key-print'];
  await runInitPhase({ host, client, assignment }, ['upload-certs'], { flags, fields: { certificateKey } });
  await bindToToken(client, tokenId);
  return certificateKey;
}

/** kubeadm binds the certificates to a token of its own with two hours to live; that one is deleted. */
async function bindToToken(client: KubeClient, tokenId: string): Promise<void> {
  const name = tokenSecretName(tokenId);
  const [uploaded, token] = await Promise.all([client.get(certificates), client.get(`${secretsPath}/${name}`)]);
  const { metadata } = objectSchema.parse(uploaded);
  const owner = { apiVersion: 'v1', kind: 'Secret', name, uid: objectSchema.parse(token).metadata.uid };
  await client.merge(certificates, { metadata: { labels: { [tokenLabel]: tokenId }, ownerReferences: [owner] } });
  for (const { kind, name: own } of metadata.ownerReferences) {
    if (kind === 'Secret' && own !== name) await client.remove(`${secretsPath}/${own}`);
  }
}

/** Deletes the certificates if they were uploaded for this token; those of a later join stay. */
export async function deleteCertificates(client: KubeClient, tokenId: string): Promise<void> {
  const found = objectSchema.safeParse(await client.get(certificates));
  if (found.data?.metadata.labels[tokenLabel] === tokenId) await client.remove(certificates);
}
