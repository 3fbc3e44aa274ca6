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

/** The controller-manager of a cluster that has only just been created needs about 20 s before it signs. */
const signingSeconds = 120;

/**
 * A bootstrap token (`id.secret`) for one host, of no use for more than finding the cluster until a certificate request made with it has
 * been approved. A Node of that name is deleted first: kubeadm refuses to join while one is there and Ready.
 *
 * It is handed out once cluster-info is signed with it. That is what kubeadm join waits for, and it shows that the controller-manager
 * works: a kubelet that is started before its certificate can be signed registers in ever longer intervals, and too late.
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
      // Go's RFC 3339 takes fractions of a second; kubeadm's own listing does not.
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

/** Gone already (its time is over, or it was deleted before) is as good. */
export async function deleteJoinCredential(client: KubeClient, duty: Delete): Promise<void> {
  await client.remove(`${secretsPath}/${tokenSecretName(duty.tokenId)}`);
}
