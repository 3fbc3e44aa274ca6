import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { KubeClient } from './client.ts';

export const secretsPath = '/api/v1/namespaces/kube-system/secrets';
export const tokenSecretName = (id: string) => `bootstrap-token-${id}`;

/** What muster's own bootstrap tokens carry. */
const mintedLabel = { muster: 'join-credential' } as const;
const hostLabel = 'muster-host';

/** The labels of the Secret of a token that is minted for a host. */
export const labelsFor = (host: string) => ({ ...mintedLabel, [hostLabel]: host });

const secretSchema = z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()).optional() }) });

/** The host that a token was minted for by muster on this cluster; null: there is no such token. */
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

/** A fresh token in kubeadm's form: 6 and 16 characters of [a-z0-9], the latter 82 bits of secret. */
export function randomToken(): { id: string; secret: string } {
  const characters = (count: number) => Array.from({ length: count }, () => randomInt(36).toString(36)).join('');
  return { id: characters(6), secret: characters(16) };
}

/** Names of the Secrets that hold bootstrap tokens of somebody else, such as the one of kubeadm init. */
export async function foreignTokens(client: KubeClient): Promise<string[]> {
  const query = 'fieldSelector=type%3Dbootstrap.kubernetes.io%2Ftoken';
  const { items } = listSchema.parse(await client.get(`${secretsPath}?${query}`));
  return items
    .filter(({ metadata }) => metadata.labels?.muster !== mintedLabel.muster)
    .map(({ metadata }) => metadata.name);
}
