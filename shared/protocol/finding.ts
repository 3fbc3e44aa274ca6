import { z } from 'zod';
import { hostText } from './text.ts';

export const levels = ['ok', 'unknown', 'warning', 'error'] as const;
export type Level = (typeof levels)[number];

/** One preflight result. `unknown`: could not tell, which is never the same as ok. */
export const findingSchema = z.object({
  /** Stable, kebab-case, such as `swap-off`. */
  id: hostText(64),
  title: hostText(128),
  level: z.enum(levels),
  seen: hostText(512),
  needed: hostText(512),
  /** The command that mends it; empty when the level is ok. */
  remedy: hostText(512),
  /** muster's own steps mend it: nothing for the operator to do. */
  mends: z.boolean(),
});
export type Finding = z.infer<typeof findingSchema>;
