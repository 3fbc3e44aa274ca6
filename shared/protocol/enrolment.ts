import { z } from 'zod';
import { certificates } from '../plan/patterns.ts';
import { bootstrapToken, sealedKey } from './duty.ts';
import { ageRecipient, hostName, hostText, instant, machineIdText, sha256Hex } from './text.ts';

/** Sent once by a new agent, with the enrolment token as bearer. May be repeated with the same token and hash. */
export const enrolRequestSchema = z.object({
  credentialSha256: sha256Hex,
  hostname: hostText(256),
  addresses: z.array(hostText(64)).max(256),
  machineId: machineIdText.nullable(),
  bootId: machineIdText,
  agentVersion: hostText(64),
  os: z.object({ id: hostText(64), versionId: hostText(64) }),
  arch: hostText(32),
  /** The host's clock; detects a wrong clock at enrolment. */
  now: instant,
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

export const enrolResponseSchema = z.object({
  host: hostName,
  role: z.enum(['control-plane', 'worker']),
  cluster: hostName,
});
export type EnrolResponse = z.infer<typeof enrolResponseSchema>;

/** Sent with the current credential: the hash of its replacement. Both are valid until the new one has been used. */
export const credentialRequestSchema = z.object({ credentialSha256: sha256Hex });

/** `recipient`: a control plane's, whose identity the asking agent has in memory. */
export const joinRequestSchema = z.object({ recipient: ageRecipient.optional() });

/** Given to one host just before it joins. */
export const joinCredentialSchema = z.object({
  token: bootstrapToken,
  expiresAt: instant,
  caPem: z.string().regex(certificates),
  caSha256: sha256Hex,
  /** For control planes: the key of the uploaded certificates, sealed to the recipient of the request. */
  sealedKey: sealedKey.optional(),
});
export type JoinCredential = z.infer<typeof joinCredentialSchema>;

/** Sent with every agent request, to detect two machines with one credential. */
export const machineHeaders = { bootId: 'x-muster-boot-id', machineId: 'x-muster-machine-id' } as const;

/** Agent routes. The credential identifies the host, so no route names it. */
export const routes = {
  /** GET: the installer; public. */
  installer: '/install.sh',
  /** GET /artefacts/NAME: the installer's downloads; public, supports Range. */
  artefacts: '/artefacts',
  /** POST with an enrolment token as bearer: EnrolRequest -> EnrolResponse. */
  enrol: '/v1/enrol',
  /** GET ?wait=SECONDS with If-None-Match: Target, or 304 if unchanged for that time; ?shared=reference: SentTarget. */
  target: '/v1/target',
  /** GET /v1/target-parts/SHA256: a part of the host's target that other hosts have, too, as JSON; gzip if accepted. */
  targetParts: '/v1/target-parts',
  /** POST: Report -> 204 once it is on disk. */
  reports: '/v1/reports',
  /** POST ?wait=SECONDS: JoinCredential, or 503 with Retry-After if none is available yet. */
  joinCredentials: '/v1/join-credentials',
  /** POST: {credentialSha256} -> 204. */
  credentials: '/v1/credentials',
  /** POST /v1/duties/ID: DutyResult -> 204. */
  duties: '/v1/duties',
  /** POST /v1/collections/ID: Collection -> 204. */
  collections: '/v1/collections',
  /** GET /v1/plan-files/SHA256: a file beside the plan that hosts need. */
  planFiles: '/v1/plan-files',
} as const;
