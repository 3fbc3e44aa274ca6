import { z } from 'zod';
import { roleSchema } from '../plan/schema.ts';
import { stepIds } from '../steps/catalogue.ts';
import { planProblemSchema } from './plan-problem.ts';

/** What `muster plan check --json` prints. */
export const planCheckSchema = z.object({
  valid: z.boolean(),
  problems: z.array(planProblemSchema),
});
export type PlanCheck = z.infer<typeof planCheckSchema>;

/** An entry of what `muster plan show --json` prints: what would be done on one host. */
export const planViewSchema = z.object({
  host: z.string(),
  address: z.string(),
  role: roleSchema,
  steps: z.array(z.object({ id: z.enum(stepIds), title: z.string(), lines: z.array(z.string()) })),
});
export type PlanView = z.infer<typeof planViewSchema>;
