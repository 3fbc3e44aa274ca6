import { z } from 'zod';
import { stepIds } from '../steps/catalogue.ts';
import { reportedDiagnosisSchema } from './diagnosis.ts';
import { clusterFactsSchema, factsSchema, nodeFactsSchema } from './facts.ts';
import { reportedFindingSchema } from './finding.ts';
import { updateSchema } from './release.ts';
import { hostName, hostText, instant, machineIdText } from './text.ts';

/**
 * `pending`: not yet reached in this round; `checking`; `applying`; `waiting`: for something outside this host, given
 * in `message`; `done`: its check passes; `failed`: see `message` and `remedy`, is retried; `drifted`: its check no
 * longer passes, and the plan asks for a report only; `blocked`: not applied while the check named in `code`, or a step
 * that it needs, is blocked by a finding.
 */
export const stepStates = [
  'pending',
  'checking',
  'applying',
  'waiting',
  'done',
  'failed',
  'drifted',
  'blocked',
] as const;

/** A step's check failed on a host that had matched its assignment. */
export const driftSchema = z.object({
  at: instant,
  /** The observed and the required value. */
  seen: hostText(1024),
  seenZh: hostText(1024).optional(),
  /** true: corrected; false: only reported, as planned. */
  corrected: z.boolean(),
});
export type Drift = z.infer<typeof driftSchema>;

export const stepResultSchema = z.object({
  id: z.enum(stepIds),
  state: z.enum(stepStates),
  /** When it was last applied or found done; null: never. */
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Number of times it was applied on this host. */
  attempts: z.number().int().nonnegative(),
  message: hostText(2048),
  remedy: hostText(1024),
  /** Code of the error (docs/reference/errors.md); absent: none, or not a catalogued error. */
  code: hostText(64).optional(),
  /** The texts in Chinese; absent: empty, or the same in all languages. */
  zh: z.object({ message: hostText(2048), remedy: hostText(1024) }).optional(),
  /** The last drift seen by this agent; absent: none. */
  drift: driftSchema.optional(),
});
export type StepResult = z.infer<typeof stepResultSchema>;

/** A line of a step's output, with secrets redacted. `zh`: in Chinese; absent: printed by a program, the same in all languages. */
export const outputLineSchema = z.object({
  at: instant,
  step: hostText(64),
  text: hostText(2048),
  zh: hostText(2048).optional(),
});
export type OutputLine = z.infer<typeof outputLineSchema>;

/** An agent's report. Each field replaces the previous value, except `output`, which is appended. Absent: unchanged. */
export const reportSchema = z.object({
  /** The sender's host name; rejected if it does not match the credential. */
  host: hostName,
  bootId: machineIdText,
  /** The sender's clock. */
  sentAt: instant,
  agentVersion: hostText(64),
  facts: factsSchema.optional(),
  findings: z.array(reportedFindingSchema).max(250).optional(),
  steps: z.array(stepResultSchema).max(64).optional(),
  output: z.array(outputLineSchema).max(500).optional(),
  /** null: the Node does not exist or cannot be read. */
  node: nodeFactsSchema.nullable().optional(),
  cluster: clusterFactsSchema.nullable().optional(),
  /** Why the host is stuck; null: it is not. */
  diagnosis: reportedDiagnosisSchema.nullable().optional(),
  /** State of the agent's update; null: nothing to report. */
  update: updateSchema.nullable().optional(),
});
export type Report = z.infer<typeof reportSchema>;
