import { z } from 'zod';
import { bootstrapToken } from './duty.ts';
import { hostName, hostText, instant, sha256Hex } from './text.ts';

/** Sent once by a new agent, with the enrolment token as bearer. The same token with the same hash may be repeated. */
export const enrolRequestSchema = z.object({
  credentialSha256: sha256Hex,
  hostname: hostText(256),
  addresses: z.array(hostText(64)).max(256),
  machineId: hostText(64).nullable(),
  bootId: hostText(64),
  agentVersion: hostText(64),
  os: z.object({ id: hostText(64), versionId: hostText(64) }),
  arch: hostText(32),
  /** The host's clock: a host whose clock is off is told so before anything else can go wrong. */
  now: instant,
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

export const enrolResponseSchema = z.object({
  host: hostName,
  role: z.enum(['control-plane', 'worker']),
  cluster: z.string(),
});
export type EnrolResponse = z.infer<typeof enrolResponseSchema>;

/** Sent with the credential in use: the hash of the one that follows it. Both are good until the new one has been used. */
export const credentialRequestSchema = z.object({ credentialSha256: sha256Hex });

/** Handed to one host just before its join. */
export const joinCredentialSchema = z.object({
  token: bootstrapToken,
  expiresAt: instant,
  caPem: z.string(),
  caSha256: sha256Hex,
});
export type JoinCredential = z.infer<typeof joinCredentialSchema>;

/** Sent with every request of an agent, so that two machines with one credential are told apart. */
export const machineHeaders = { bootId: 'x-muster-boot-id', machineId: 'x-muster-machine-id' } as const;

/** Agent routes; none of them names a host: the credential does. */
export const routes = {
  /** GET: the installer, public. */
  installer: '/install.sh',
  /** GET /artefacts/NAME: what the installer downloads, public, supports Range. */
  artefacts: '/artefacts',
  /** POST, bearer enrolment token: EnrolRequest -> EnrolResponse. */
  enrol: '/v1/enrol',
  /** GET ?wait=SECONDS, If-None-Match: Target, or 304 when nothing changed in that time. */
  target: '/v1/target',
  /** POST: Report -> 204 once it is on the disk. */
  reports: '/v1/reports',
  /** POST ?wait=SECONDS -> JoinCredential; 503 with Retry-After while there is none yet. */
  joinCredentials: '/v1/join-credentials',
  /** POST: {credentialSha256} -> 204. */
  credentials: '/v1/credentials',
  /** POST /v1/duties/ID: DutyResult -> 204. */
  duties: '/v1/duties',
  /** POST /v1/collections/ID: Collection -> 204. */
  collections: '/v1/collections',
} as const;
