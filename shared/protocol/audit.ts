import { z } from 'zod';

/** GET /v1/audit: who did what, when, from where, and what came of it. Never a secret. */
export const auditEntrySchema = z.object({
  seq: z.number().int(),
  at: z.string(),
  /** `socket` or `socket NAME` (the operator on the coordinator's host), `host NAME`, `operator` or `viewer` (a session of the page), or `anyone`. */
  actor: z.string(),
  /** The address that it came from; empty over the socket. */
  remote: z.string(),
  /** The operation, as openapi.json names it, such as `createToken`. */
  action: z.string(),
  /** The host that it was about; empty where it was about none in particular. */
  subject: z.string(),
  /** HTTP status of the answer. */
  status: z.number().int(),
  /** `ok`, or the code of the refusal, such as `token-expired`. */
  outcome: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
