import { z } from 'zod';
import { hostText } from './text.ts';

export const levels = ['ok', 'unknown', 'warning', 'error'] as const;
export type Level = (typeof levels)[number];

/** Localized text from a host (see shared/text/local-text.ts), each language cut to 512 characters. */
const localHostText = z.object({ en: hostText(512), zh: hostText(512) });

/**
 * One preflight result. `unknown`: could not be determined, which is never ok. Title and reason are looked up by id
 * (shared/preflight/catalogue.ts); the texts below are created on the host, which has the values.
 */
export const findingSchema = z.object({
  /** Stable, kebab-case, such as `swap-off`; may be unknown to this version. */
  id: hostText(64),
  level: z.enum(levels),
  seen: localHostText,
  /** Empty if the level is ok, like `remedy` and `command`. */
  needed: localHostText,
  /** What to do, as a sentence. */
  remedy: localHostText,
  /** The command that fixes it, ready to paste; empty if no single command does. */
  command: hostText(512),
  /** muster's steps fix it; no action needed. */
  mends: z.boolean(),
  /** Set if the plan lowers the check's level; null: not lowered. */
  lowered: z.object({ from: z.enum(levels), reason: hostText(256) }).nullable(),
});
export type Finding = z.infer<typeof findingSchema>;
