import { z } from 'zod';

/** A problem of the coordinator itself that an operator should fix. */
export const noticeSchema = z.object({
  /** Stable, kebab-case. */
  code: z.string(),
  text: z.object({ en: z.string(), zh: z.string() }),
  /** The command that fixes it; may be empty. */
  command: z.string(),
});
export type Notice = z.infer<typeof noticeSchema>;
