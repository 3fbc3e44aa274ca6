import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { Host } from '../host/host.ts';
import { mintedFor } from '../kube/bootstrap-tokens.ts';
import type { KubeClient } from '../kube/client.ts';
import { judge, type SigningRequest, signingRequestSchema } from './judge.ts';

type ApproveCertificate = Extract<Duty, { type: 'approve-certificate' }>;

export interface ApprovalSetting {
  host: Host;
  client: KubeClient;
  log: Pick<Logger, 'warn'>;
  signal: AbortSignal;
}

const collection = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
/** Between two looks, however often requests change; longer where nothing tells of a change. */
const [pauseMs, blindPauseMs] = [20, 500];
const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  items: z.array(signingRequestSchema),
});

/**
 * Waits for the kubelet's request until `until` and approves it at once: a kubelet that meets the API server before it has its
 * certificate stays anonymous for ten seconds more. A request made with the same token for anything else is denied. An
 * approval that an earlier agent gave counts. Throws MusterError `no-certificate-request` when none came in time.
 */
export async function approveCertificate(setting: ApprovalSetting, duty: ApproveCertificate): Promise<void> {
  const { host, client, signal } = setting;
  while (host.now().getTime() < Date.parse(duty.until)) {
    signal.throwIfAborted();
    const { approved, resourceVersion } = await lookOnce(setting, duty);
    if (approved) return;
    const told = resourceVersion !== null && (await client.changed(collection, resourceVersion, signal));
    await host.sleep(told ? pauseMs : blindPauseMs, signal);
  }
  throw new MusterError('no-certificate-request', { host: duty.host, until: duty.until });
}

/** Whether the host has its approval now, and which version of the collection that was; null: it could not be seen. */
async function lookOnce(setting: ApprovalSetting, duty: ApproveCertificate) {
  try {
    const { items, metadata } = listSchema.parse(await setting.client.get(collection));
    const settled = await Promise.all(items.map((request) => settle(setting, request, duty)));
    return { approved: settled.includes(true), resourceVersion: metadata.resourceVersion };
  } catch (error) {
    // A young API server stumbles, and somebody else may change a request between reading and deciding: both pass.
    const passes = error instanceof MusterError && (error.code === 'kube-unreachable' || error.status === 409);
    if (passes) return { approved: false, resourceVersion: null };
    throw error;
  }
}

/** Whether this request is the host's own and approved. */
async function settle({ client, log }: ApprovalSetting, request: SigningRequest, duty: ApproveCertificate) {
  const judgement = judge(request, duty);
  if (judgement.verdict === 'other') return false;
  const conditions = request.status?.conditions ?? [];
  const decided = conditions.find(({ type }) => type === 'Approved' || type === 'Denied')?.type;
  if (decided !== undefined) return judgement.verdict === 'approve' && decided === 'Approved';

  const mintedFor = `the bootstrap token was minted for ${duty.host}`;
  if (judgement.verdict === 'approve') {
    await requireMintedFor(client, duty);
    await decide(client, request, 'Approved', mintedFor);
    return true;
  }
  log.warn(`certificate request denied: ${mintedFor}, but ${judgement.why}`, { request: request.metadata.name });
  await decide(client, request, 'Denied', `${mintedFor}, but ${judgement.why}`);
  return false;
}

/**
 * The token's own Secret says for which host this cluster's muster minted it: a coordinator that names another host has a worker's token
 * turned into another node's certificate.
 */
async function requireMintedFor(client: KubeClient, { host, tokenId }: ApproveCertificate): Promise<void> {
  const minted = await mintedFor(client, tokenId);
  if (minted !== host) throw new MusterError('token-not-minted-for-host', { host, token: tokenId });
}

/** Sends the whole object back: its resourceVersion makes sure that what is decided on is what was read. */
async function decide(client: KubeClient, request: SigningRequest, type: 'Approved' | 'Denied', message: string) {
  const condition = { type, status: 'True', reason: 'muster', message };
  await client.replace(`${collection}/${encodeURIComponent(request.metadata.name)}/approval`, {
    ...request,
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    status: { ...request.status, conditions: [...(request.status?.conditions ?? []), condition] },
  });
}
