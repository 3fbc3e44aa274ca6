import { z } from 'zod';
import { planProblemCodes } from '../plan/problems/index.ts';
import { wireText } from './text.ts';

/** One thing that is wrong with a plan (see plan/problem.ts). */
export const planProblemSchema = z.object({
  code: z.string().meta({ 'x-extensible-enum': planProblemCodes }),
  /** Counted from 1. */
  line: z.number().int(),
  /** Such as `hosts[1].address`; empty for the file as a whole. */
  path: z.string(),
  /** What was read there; null where nothing is there. */
  seen: wireText.nullable(),
  message: wireText,
});

/** The same of the plan file in force, by the file's name. */
export const planFileProblemSchema = planProblemSchema.extend({ file: z.string() });
export type PlanFileProblem = z.infer<typeof planFileProblemSchema>;
