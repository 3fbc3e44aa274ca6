import { z } from 'zod';

/** Something about the coordinator itself that a person should know and mend. */
export const noticeSchema = z.object({
  /** Stable, kebab-case. */
  code: z.string(),
  text: z.object({ en: z.string(), zh: z.string() }),
  /** The command that mends it; empty where there is none. */
  command: z.string(),
});
export type Notice = z.infer<typeof noticeSchema>;
