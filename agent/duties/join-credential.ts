import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { Host } from '../host/host.ts';
import { labelsFor, randomToken, secretsPath, tokenSecretName } from '../kube/bootstrap-tokens.ts';
import type { KubeClient } from '../kube/client.ts';
import { clusterInfoPath } from '../kube/objects.ts';
import { deleteWorkerNode } from './worker-node.ts';

const clusterInfoSchema = z.object({ data: z.record(z.string(), z.string()) });

type Mint = Extract<Duty, { type: 'mint-join-credential' }>;
type Delete = Extract<Duty, { type: 'delete-join-credential' }>;

/** The controller-manager of a new cluster needs about 20 s before it signs. */
const signingSeconds = 120;

/**
 * Creates a bootstrap token (`id.secret`) for one host. It only allows cluster discovery until a certificate request
 * made with it is approved. Deletes an existing worker Node of that name first, because kubeadm refuses to join while
 * it is Ready.
 *
 * Returns once cluster-info is signed with the token: kubeadm join waits for the signature, and it proves that the
 * controller-manager works. A kubelet that starts before its certificate can be signed retries at growing intervals and
 * joins too late. Throws MusterError `not-signed` or `node-is-control-plane`.
 */
export async function mintJoinCredential(
  host: Host,
  client: KubeClient,
  duty: Mint,
  signal: AbortSignal,
): Promise<string> {
  await deleteWorkerNode(client, duty.host);
  const { id, secret } = randomToken();
  await client.create(secretsPath, {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'bootstrap.kubernetes.io/token',
    metadata: { name: tokenSecretName(id), namespace: 'kube-system', labels: labelsFor(duty.host) },
    stringData: {
      description: `muster: ${duty.host}`,
      'token-id': id,
      'token-secret': secret,
      // Go accepts fractional seconds in RFC 3339; kubeadm's token list does not.
      expiration: new Date(host.now().getTime() + duty.ttlSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
      'usage-bootstrap-authentication': 'true',
      'usage-bootstrap-signing': 'true',
      'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token',
    },
  });
  await untilSigned(host, client, id, signal);
  return `${id}.${secret}`;
}

async function untilSigned(host: Host, client: KubeClient, id: string, signal: AbortSignal): Promise<void> {
  const end = host.now().getTime() + signingSeconds * 1000;
  while (host.now().getTime() < end) {
    const found = clusterInfoSchema.safeParse(await client.get(clusterInfoPath));
    if (found.data?.data[`jws-kubeconfig-${id}`] !== undefined) return;
    await host.sleep(250, signal);
    signal.throwIfAborted();
  }
  await client.remove(`${secretsPath}/${tokenSecretName(id)}`);
  throw new MusterError('not-signed', { seconds: signingSeconds });
}

/** Succeeds if the token is already gone (expired or deleted). */
export async function deleteJoinCredential(client: KubeClient, duty: Delete): Promise<void> {
  await client.remove(`${secretsPath}/${tokenSecretName(duty.tokenId)}`);
}
