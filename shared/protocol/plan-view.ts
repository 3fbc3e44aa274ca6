import { z } from 'zod';
import { roleSchema } from '../plan/schema.ts';
import { stepIds } from '../steps/catalogue.ts';
import { planProblemSchema } from './plan-problem.ts';

/** Output of `muster plan check --json`. */
export const planCheckSchema = z.object({
  valid: z.boolean(),
  problems: z.array(planProblemSchema),
  /** Values that are valid but probably not meant. */
  warnings: z.array(planProblemSchema),
});
export type PlanCheck = z.infer<typeof planCheckSchema>;

/** An entry of the output of `muster plan show --json`: the steps of one host. */
export const planViewSchema = z.object({
  host: z.string(),
  address: z.string(),
  role: roleSchema,
  steps: z.array(z.object({ id: z.enum(stepIds), title: z.string(), lines: z.array(z.string()) })),
});
export type PlanView = z.infer<typeof planViewSchema>;
