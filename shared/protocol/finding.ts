import { z } from 'zod';
import { hostText } from './text.ts';
import { valuesSchema } from './values.ts';

export const levels = ['ok', 'unknown', 'warning', 'error'] as const;
export type Level = (typeof levels)[number];

/** Localized text from a host (see shared/text/local-text.ts), each language cut to 512 characters. */
const localHostText = z.object({ en: hostText(512), zh: hostText(512) });

const common = {
  /** Stable, kebab-case, such as `swap-off`; may be unknown to this version. */
  id: hostText(64),
  level: z.enum(levels),
  /** The observed value. */
  seen: localHostText,
  /** muster's steps fix it; no action needed. */
  mends: z.boolean(),
  /** Set if the plan lowers the check's level; null: not lowered. */
  lowered: z.object({ from: z.enum(levels), reason: hostText(256) }).nullable(),
};

/**
 * One preflight result as a host reports it. `unknown`: could not be determined, which is never ok. The host sends no
 * instructions: they come from the coordinator's own catalogue (shared/preflight/catalogue.ts).
 */
export const reportedFindingSchema = z.object({
  ...common,
  /** The check's case that applies; absent: the check's own texts. */
  case: hostText(64).optional(),
  /** For the placeholders of the case's texts. */
  values: valuesSchema.optional(),
});
export type ReportedFinding = z.infer<typeof reportedFindingSchema>;

/** A finding with the texts of the catalogue. */
export const findingSchema = z.object({
  ...common,
  /** Empty if the level is ok, like `remedy` and `command`. */
  needed: localHostText,
  /** What to do, as a sentence. */
  remedy: localHostText,
  /** The command that fixes it, ready to paste; empty if no single command does. */
  command: z.string().max(1024),
});
export type Finding = z.infer<typeof findingSchema>;
