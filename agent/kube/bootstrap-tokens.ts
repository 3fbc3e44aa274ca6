import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Role } from '../../shared/plan/schema.ts';
import type { KubeClient } from './client.ts';

export const secretsPath = '/api/v1/namespaces/kube-system/secrets';
export const tokenSecretName = (id: string) => `bootstrap-token-${id}`;

/** Label on the bootstrap tokens that muster creates. */
const mintedLabel = { muster: 'join-credential' } as const;
const hostLabel = 'muster-host';
const roleLabel = 'muster-role';

/** Whom a token was created for. */
export interface Bearer {
  host: string;
  role: Role;
}

/** Labels for the Secret of a token. */
export const labelsFor = ({ host, role }: Bearer) => ({ ...mintedLabel, [hostLabel]: host, [roleLabel]: role });

const secretSchema = z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()).optional() }) });

/** Whom muster created a token for on this cluster; null: no such token. */
export async function mintedFor(client: KubeClient, tokenId: string): Promise<Bearer | null> {
  const secret = await client.get(`${secretsPath}/${tokenSecretName(tokenId)}`);
  if (secret === null) return null;
  const labels = secretSchema.parse(secret).metadata.labels ?? {};
  const host = labels[hostLabel];
  if (labels.muster !== mintedLabel.muster || host === undefined) return null;
  return { host, role: labels[roleLabel] === 'control-plane' ? 'control-plane' : 'worker' };
}

const listSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }),
      data: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** A new token in kubeadm's format: 6 and 16 characters of [a-z0-9]; the secret has 82 bits. */
export function randomToken(): { id: string; secret: string } {
  const characters = (count: number) => Array.from({ length: count }, () => randomInt(36).toString(36)).join('');
  return { id: characters(6), secret: characters(16) };
}

const usages = ['usage-bootstrap-authentication', 'usage-bootstrap-signing'];
const yes = Buffer.from('true').toString('base64');

/**
 * Names of Secrets with bootstrap tokens that muster did not create, such as the one of kubeadm init. One that neither
 * authenticates nor signs is none: kubeadm's upload of certificates creates it to own its Secret, which goes with it.
 */
export async function foreignTokens(client: KubeClient): Promise<string[]> {
  const query = 'fieldSelector=type%3Dbootstrap.kubernetes.io%2Ftoken';
  const { items } = listSchema.parse(await client.get(`${secretsPath}?${query}`));
  return items
    .filter(({ metadata }) => metadata.labels?.muster !== mintedLabel.muster)
    .filter(({ data }) => data === undefined || usages.some((usage) => data[usage] === yes))
    .map(({ metadata }) => metadata.name);
}
