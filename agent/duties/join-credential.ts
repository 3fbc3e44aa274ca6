import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { sealText } from '../../shared/node/sealed-text.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { EtcdAt } from '../etcd/members.ts';
import type { Host } from '../host/host.ts';
import { labelsFor, randomToken, secretsPath, tokenSecretName } from '../kube/bootstrap-tokens.ts';
import type { KubeClient } from '../kube/client.ts';
import { keepClusterConfiguration } from '../kube/cluster-configuration.ts';
import { clusterInfoPath } from '../kube/objects.ts';
import { deleteCertificates, uploadCertificates } from './certificates.ts';
import { type Planned, prepareControlPlanePlace, removeUnstartedMember } from './control-plane-place.ts';
import { plannedAs } from './planned.ts';
import { deleteWorkerNode } from './worker-node.ts';

const clusterInfoSchema = z.object({ data: z.record(z.string(), z.string()) });

type Mint = Extract<Duty, { type: 'mint-join-credential' }>;
type Delete = Extract<Duty, { type: 'delete-join-credential' }>;

/** The controller-manager of a new cluster needs about 20 s before it signs. */
const signingSeconds = 120;

export interface MintMeans {
  host: Host;
  client: KubeClient;
  etcdAt: EtcdAt;
  /** This control plane's own assignment. */
  assignment: Assignment;
  signal: AbortSignal;
  warn(message: string): void;
}

export interface Minted {
  /** A bootstrap token, `id.secret`. */
  token: string;
  /** For control planes: the key of the uploaded certificates, which only the host that joins can open. */
  sealedKey?: string;
}

/**
 * Creates a bootstrap token for one host. It only allows cluster discovery until a certificate request made with it is
 * approved. Deletes an existing Node of that name first, because kubeadm refuses to join while it is Ready; a control
 * plane's only if nothing of it runs any more. For a control plane it also uploads the certificates.
 *
 * Returns once cluster-info is signed with the token: kubeadm join waits for the signature, and it proves that the
 * controller-manager works. A kubelet that starts before its certificate can be signed retries at growing intervals and
 * joins too late. Throws MusterError `role-not-planned`, `recipient-missing`, `not-signed`, `node-is-control-plane`, `etcd-member-alive` or
 * `etcd-quorum-at-risk`.
 */
export async function mintJoinCredential(means: MintMeans, duty: Mint): Promise<Minted> {
  const { host, client, assignment, signal } = means;
  const planned = plannedAs(assignment, duty);
  const isControlPlane = planned.role === 'control-plane';
  const { recipient = '' } = duty;
  if (isControlPlane && recipient === '') throw new MusterError('recipient-missing', { host: planned.name });
  if (isControlPlane) {
    await prepareControlPlanePlace({ ...means, settings: assignment.settings }, planned);
    // kubeadm join makes the manifest of the API server from it.
    await keepClusterConfiguration(client, assignment.settings);
  } else await deleteWorkerNode(client, planned.name);
  const { id, secret } = randomToken();
  await client.create(secretsPath, tokenSecret(planned, { id, secret }, expiryOf(host, duty)));
  try {
    const key = isControlPlane ? await uploadCertificates(host, client, assignment, id) : undefined;
    await untilSigned(host, client, id, signal);
    return { token: `${id}.${secret}`, ...(key === undefined ? {} : { sealedKey: await sealed(key, recipient) }) };
  } catch (error) {
    // Nobody else knows the token. If it cannot be deleted, it expires.
    await deleteToken(client, id).catch(() => undefined);
    throw error;
  }
}

const sealed = async (key: string, recipient: string) => (await sealText(key, recipient)).toString('base64');

/** Go accepts fractional seconds in RFC 3339; kubeadm's token list does not. */
const expiryOf = (host: Host, { ttlSeconds }: Mint): string =>
  new Date(host.now().getTime() + ttlSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

function tokenSecret({ name, role }: Planned, { id, secret }: ReturnType<typeof randomToken>, expiration: string) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'bootstrap.kubernetes.io/token',
    metadata: { name: tokenSecretName(id), namespace: 'kube-system', labels: labelsFor({ host: name, role }) },
    stringData: {
      description: `muster: ${name}`,
      'token-id': id,
      'token-secret': secret,
      expiration,
      'usage-bootstrap-authentication': 'true',
      'usage-bootstrap-signing': 'true',
      'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token',
    },
  };
}

async function untilSigned(host: Host, client: KubeClient, id: string, signal: AbortSignal): Promise<void> {
  const end = host.now().getTime() + signingSeconds * 1000;
  while (host.now().getTime() < end) {
    const found = clusterInfoSchema.safeParse(await client.get(clusterInfoPath));
    if (found.data?.data[`jws-kubeconfig-${id}`] !== undefined) return;
    await host.sleep(250, signal);
    signal.throwIfAborted();
  }
  throw new MusterError('not-signed', { seconds: signingSeconds });
}

async function deleteToken(client: KubeClient, id: string): Promise<void> {
  await deleteCertificates(client, id);
  await client.remove(`${secretsPath}/${tokenSecretName(id)}`);
}

/**
 * Deletes the token, the certificates that were uploaded for it and, once the join has ended, a member of etcd that
 * never started. Succeeds if all is already gone.
 */
export async function deleteJoinCredential(means: MintMeans, duty: Delete): Promise<void> {
  const { client, assignment } = means;
  await deleteToken(client, duty.tokenId);
  const planned = assignment.settings.hosts.find(({ name }) => name === duty.endedFor);
  if (planned?.role !== 'control-plane') return;
  await removeUnstartedMember({ ...means, settings: assignment.settings }, planned);
}
