import { z } from 'zod';

/** POST, over the operator's socket only: the lost cluster may be created anew. 409 while it is not lost. */
export const recoveryRoute = '/v1/recovery';

export const recoveryResponseSchema = z.object({
  /** The host that creates it. */
  host: z.string(),
  /** SHA-256 of the lost cluster's CA; empty: not known. */
  lost: z.string(),
});
export type RecoveryResponse = z.infer<typeof recoveryResponseSchema>;
