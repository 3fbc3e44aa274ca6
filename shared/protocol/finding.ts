import { z } from 'zod';
import { hostText } from './text.ts';

export const levels = ['ok', 'unknown', 'warning', 'error'] as const;
export type Level = (typeof levels)[number];

/** A text of a host in every language (see shared/text/local-text.ts), each cut at 512 characters. */
const localHostText = z.object({ en: hostText(512), zh: hostText(512) });

/**
 * One preflight result. `unknown`: could not tell, which is never the same as ok. What the check is called and why it is made is looked up
 * by its id (shared/preflight/catalogue.ts); what is found is made on the host, because only there are the values.
 */
export const findingSchema = z.object({
  /** Stable, kebab-case, such as `swap-off`; it may be one that this version does not know. */
  id: hostText(64),
  level: z.enum(levels),
  seen: localHostText,
  /** Empty when the level is ok, as are `remedy` and `command`. */
  needed: localHostText,
  /** What to do, in words. */
  remedy: localHostText,
  /** The command that mends it, to be pasted as it is; empty where there is no single one. */
  command: hostText(512),
  /** muster's own steps mend it: nothing for the operator to do. */
  mends: z.boolean(),
  /** The plan takes it less seriously than the check does; null: it does not. */
  lowered: z.object({ from: z.enum(levels), reason: hostText(256) }).nullable(),
});
export type Finding = z.infer<typeof findingSchema>;
