import { z } from 'zod';
import { hostStatusSchema } from './status.ts';

/** Output of `muster explain HOST --json`. */
export const explanationSchema = z.object({
  host: z.string(),
  phase: hostStatusSchema.shape.phase,
  explanation: hostStatusSchema.shape.explanation,
  diagnosis: hostStatusSchema.shape.diagnosis,
});
export type Explanation = z.infer<typeof explanationSchema>;
