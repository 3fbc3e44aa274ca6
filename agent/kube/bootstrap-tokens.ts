import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { KubeClient } from './client.ts';

export const secretsPath = '/api/v1/namespaces/kube-system/secrets';
export const tokenSecretName = (id: string) => `bootstrap-token-${id}`;

/** Label on the bootstrap tokens that muster creates. */
const mintedLabel = { muster: 'join-credential' } as const;
const hostLabel = 'muster-host';

/** Labels for the Secret of a token created for a host. */
export const labelsFor = (host: string) => ({ ...mintedLabel, [hostLabel]: host });

const secretSchema = z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()).optional() }) });

/** The host that muster created a token for on this cluster; null: no such token. */
export async function mintedFor(client: KubeClient, tokenId: string): Promise<string | null> {
  const secret = await client.get(`${secretsPath}/${tokenSecretName(tokenId)}`);
  if (secret === null) return null;
  const labels = secretSchema.parse(secret).metadata.labels ?? {};
  return labels.muster === mintedLabel.muster ? (labels[hostLabel] ?? null) : null;
}

const listSchema = z.object({
  items: z.array(
    z.object({ metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }) }),
  ),
});

/** A new token in kubeadm's format: 6 and 16 characters of [a-z0-9]; the secret has 82 bits. */
export function randomToken(): { id: string; secret: string } {
  const characters = (count: number) => Array.from({ length: count }, () => randomInt(36).toString(36)).join('');
  return { id: characters(6), secret: characters(16) };
}

/** Names of Secrets with bootstrap tokens that muster did not create, such as the one of kubeadm init. */
export async function foreignTokens(client: KubeClient): Promise<string[]> {
  const query = 'fieldSelector=type%3Dbootstrap.kubernetes.io%2Ftoken';
  const { items } = listSchema.parse(await client.get(`${secretsPath}?${query}`));
  return items
    .filter(({ metadata }) => metadata.labels?.muster !== mintedLabel.muster)
    .map(({ metadata }) => metadata.name);
}
