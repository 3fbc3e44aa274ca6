import { z } from 'zod';

/** One of several coordinators: each control plane has one, and one of them acts. */
export const coordinatorStateSchema = z.object({
  host: z.string(),
  /** Where it answers. */
  url: z.string().optional(),
  /** `installing`: its host has not installed it yet; `silent`: no contact with its host. */
  state: z.enum(['active', 'standby', 'installing', 'silent']),
});
export type CoordinatorState = z.infer<typeof coordinatorStateSchema>;
