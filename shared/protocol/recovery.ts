import { z } from 'zod';

/** POST, over the operator's socket only: allows the lost cluster to be recreated. 409 if it is not lost. */
export const recoveryRoute = '/v1/recovery';

export const recoveryResponseSchema = z.object({
  /** The host that recreates it. */
  host: z.string(),
  /** SHA-256 of the lost cluster's CA; '': unknown. */
  lost: z.string(),
});
export type RecoveryResponse = z.infer<typeof recoveryResponseSchema>;
