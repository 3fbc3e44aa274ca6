import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { Host } from '../host/host.ts';
import { mintedFor } from '../kube/bootstrap-tokens.ts';
import type { KubeClient } from '../kube/client.ts';
import { judge, type SigningRequest, signingRequestSchema } from './judge.ts';
import { plannedAs } from './planned.ts';

type ApproveCertificate = Extract<Duty, { type: 'approve-certificate' }>;

export interface ApprovalSetting {
  host: Host;
  client: KubeClient;
  /** This control plane's own assignment. */
  assignment: Assignment;
  log: Pick<Logger, 'warn'>;
  signal: AbortSignal;
}

const collection = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
/** Pause between two checks, in ms: after a watch event, and when the watch failed. */
const [pauseMs, blindPauseMs] = [20, 500];
const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  items: z.array(signingRequestSchema),
});

/**
 * Waits until `duty.until` for the kubelet's request and approves it immediately: a kubelet without a certificate
 * retries only after ten seconds. Denies any other request made with the same token. An approval by an earlier agent
 * counts. Throws MusterError `no-certificate-request` if none arrived in time, `token-not-minted-for-host` or
 * `role-not-planned` if the token belongs to another host or was minted for another role.
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

/** Whether the host's request is approved, and the resourceVersion of the list; null: the list could not be read. */
async function lookOnce(setting: ApprovalSetting, duty: ApproveCertificate) {
  try {
    const { items, metadata } = listSchema.parse(await setting.client.get(collection));
    const settled = await Promise.all(items.map((request) => settle(setting, request, duty)));
    return { approved: settled.includes(true), resourceVersion: metadata.resourceVersion };
  } catch (error) {
    // Both are temporary: a starting API server fails, and a concurrent change causes a conflict.
    const passes = error instanceof MusterError && (error.code === 'kube-unreachable' || error.status === 409);
    if (passes) return { approved: false, resourceVersion: null };
    throw error;
  }
}

/** Whether this is the host's own request and it is approved. */
async function settle({ client, assignment, log }: ApprovalSetting, request: SigningRequest, duty: ApproveCertificate) {
  const judgement = judge(request, duty);
  if (judgement.verdict === 'other') return false;
  const conditions = request.status?.conditions ?? [];
  const decided = conditions.find(({ type }) => type === 'Approved' || type === 'Denied')?.type;
  if (decided !== undefined) return judgement.verdict === 'approve' && decided === 'Approved';

  const mintedFor = `the bootstrap token was minted for ${duty.host}`;
  if (judgement.verdict === 'approve') {
    await requireMintedFor(client, assignment, duty);
    await decide(client, request, 'Approved', mintedFor);
    return true;
  }
  log.warn(`certificate request denied: ${mintedFor}, but ${judgement.why}`, { request: request.metadata.name });
  await decide(client, request, 'Denied', `${mintedFor}, but ${judgement.why}`);
  return false;
}

/**
 * The labels on the token's Secret are authoritative: otherwise a compromised coordinator could use a worker's token to
 * obtain another node's certificate, such as a control plane's.
 */
async function requireMintedFor(client: KubeClient, assignment: Assignment, duty: ApproveCertificate): Promise<void> {
  const { host, tokenId } = duty;
  const bearer = await mintedFor(client, tokenId);
  if (bearer?.host !== host) throw new MusterError('token-not-minted-for-host', { host, token: tokenId });
  plannedAs(assignment, bearer);
}

/** Sends the whole object: its resourceVersion ensures that the decision applies to the request that was read. */
async function decide(client: KubeClient, request: SigningRequest, type: 'Approved' | 'Denied', message: string) {
  const condition = { type, status: 'True', reason: 'muster', message };
  await client.replace(`${collection}/${encodeURIComponent(request.metadata.name)}/approval`, {
    ...request,
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    status: { ...request.status, conditions: [...(request.status?.conditions ?? []), condition] },
  });
}
