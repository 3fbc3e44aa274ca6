import { z } from 'zod';
import { anyText } from './text.ts';

export const updateStates = ['current', 'asked', 'waiting', 'failed', 'away', 'off'] as const;

/** GET /v1/updates, over the operator's socket: progress of agent updates. */
export const updatesSchema = z.object({
  /** null: the coordinator has no release to offer. */
  version: z.string().nullable(),
  policy: z.enum(['auto', 'off']),
  hosts: z.array(
    z.object({ name: z.string(), agentVersion: z.string(), state: z.enum(updateStates), message: anyText }),
  ),
});
export type Updates = z.infer<typeof updatesSchema>;

/** POST: retries failed updates -> {hosts: those that had failed}. */
export const retriedSchema = z.object({ hosts: z.array(z.string()) });

export const updateRoutes = { updates: '/v1/updates', retry: '/v1/updates/retry' } as const;
