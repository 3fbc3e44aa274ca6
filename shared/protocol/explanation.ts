import { z } from 'zod';
import { hostStatusSchema } from './status.ts';

/** What `muster explain HOST --json` prints. */
export const explanationSchema = z.object({
  host: z.string(),
  phase: hostStatusSchema.shape.phase,
  explanation: hostStatusSchema.shape.explanation,
  diagnosis: hostStatusSchema.shape.diagnosis,
});
export type Explanation = z.infer<typeof explanationSchema>;
