import { z } from 'zod';

/** GET /v1/audit: who did what, when, from where, and the outcome. Contains no secrets. */
export const auditEntrySchema = z.object({
  seq: z.number().int(),
  at: z.string(),
  /**
   * `socket` or `socket NAME` (the operator on the coordinator's host), `host NAME`, `operator` or `viewer` (a page
   * session), or `anyone`.
   */
  actor: z.string(),
  /** Remote address; '' for the socket. */
  remote: z.string(),
  /** The operation's id in openapi.json, such as `createToken`. */
  action: z.string(),
  /** The host concerned; '' if none in particular. */
  subject: z.string(),
  /** HTTP status of the response. */
  status: z.number().int(),
  /** `ok`, or the error code, such as `token-expired`. */
  outcome: z.string(),
  /** The requests that this entry stands for; more than 1: of a host or a viewer, or refused ones of strangers. */
  count: z.number().int(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
