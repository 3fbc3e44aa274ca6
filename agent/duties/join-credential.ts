import type { Duty } from '../../shared/protocol/duty.ts';
import type { Host } from '../host.ts';
import { mintedLabel, randomToken, secretsPath, tokenSecretName } from '../kube/bootstrap-tokens.ts';
import type { KubeClient } from '../kube/client.ts';
import { nodePath } from '../kube/objects.ts';

type Mint = Extract<Duty, { type: 'mint-join-credential' }>;
type Delete = Extract<Duty, { type: 'delete-join-credential' }>;

/**
 * A bootstrap token (`id.secret`) for one host: for nothing but authentication, and of no use until a certificate request made with it has
 * been approved. A Node of that name is deleted first: kubeadm refuses to join while one is there and Ready.
 */
export async function mintJoinCredential(host: Host, client: KubeClient, duty: Mint): Promise<string> {
  await client.remove(nodePath(duty.host));
  const { id, secret } = randomToken();
  await client.create(secretsPath, {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'bootstrap.kubernetes.io/token',
    metadata: { name: tokenSecretName(id), namespace: 'kube-system', labels: mintedLabel },
    stringData: {
      description: `muster: ${duty.host}`,
      'token-id': id,
      'token-secret': secret,
      // Go's RFC 3339 takes fractions of a second; kubeadm's own listing does not.
      expiration: new Date(host.now().getTime() + duty.ttlSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
      'usage-bootstrap-authentication': 'true',
      'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token',
    },
  });
  return `${id}.${secret}`;
}

/** Gone already (its time is over, or it was deleted before) is as good. */
export async function deleteJoinCredential(client: KubeClient, duty: Delete): Promise<void> {
  await client.remove(`${secretsPath}/${tokenSecretName(duty.tokenId)}`);
}
