import { z } from 'zod';
import { planProblemCodes } from '../plan/problems/index.ts';
import { wireText } from './text.ts';

/** One problem of a plan (see plan/problem.ts). */
export const planProblemSchema = z.object({
  code: z.string().meta({ 'x-extensible-enum': planProblemCodes }),
  /** Line number, starting at 1. */
  line: z.number().int(),
  /** Such as `hosts[1].address`; '' for the whole file. */
  path: z.string(),
  /** The value read; null: none. */
  seen: wireText.nullable(),
  message: wireText,
});

/** A problem of the plan in effect, with its file name. */
export const planFileProblemSchema = planProblemSchema.extend({ file: z.string() });
export type PlanFileProblem = z.infer<typeof planFileProblemSchema>;
