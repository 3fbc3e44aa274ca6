import { z } from 'zod';
import { clusterSettingsSchema, roleSchema } from '../plan/schema.ts';
import { stepIds } from '../steps/catalogue.ts';
import { planProblemSchema } from './plan-problem.ts';
import { settingNoteSchema } from './setting-note.ts';

/** Output of `muster plan check --json`. */
export const planCheckSchema = z.object({
  valid: z.boolean(),
  problems: z.array(planProblemSchema),
  /** Values that are valid but probably not meant. */
  warnings: z.array(planProblemSchema),
  /** Differences from the running cluster that will not be applied; absent: no coordinator answers, or none. */
  notes: z.array(settingNoteSchema).optional(),
});
export type PlanCheck = z.infer<typeof planCheckSchema>;

/** GET /v1/plan/running. */
export const runningSettingsSchema = z.object({
  /** null: there is no cluster. */
  settings: clusterSettingsSchema.nullable(),
});

/** An entry of the output of `muster plan show --json`: the steps of one host. */
export const planViewSchema = z.object({
  host: z.string(),
  address: z.string(),
  role: roleSchema,
  steps: z.array(z.object({ id: z.enum(stepIds), title: z.string(), lines: z.array(z.string()) })),
});
export type PlanView = z.infer<typeof planViewSchema>;
