import { z } from 'zod';
import { stepIds } from '../steps/catalogue.ts';
import { diagnosisSchema } from './diagnosis.ts';
import { clusterFactsSchema, factsSchema, nodeFactsSchema } from './facts.ts';
import { findingSchema } from './finding.ts';
import { updateSchema } from './release.ts';
import { hostName, hostText, instant } from './text.ts';

/**
 * `pending`: not looked at in this round; `checking`; `applying`; `waiting`: for something outside this host, `message` says
 * what; `done`: its check holds; `failed`: `message` and `remedy` say why, and it is tried again; `drifted`: its check held once and
 * does no more, and the plan wants that told and not corrected.
 */
export const stepStates = ['pending', 'checking', 'applying', 'waiting', 'done', 'failed', 'drifted'] as const;

/** That a step's check did not hold on a host that had been all that was planned. */
export const driftSchema = z.object({
  at: instant,
  /** What was seen and what is needed. */
  seen: hostText(1024),
  seenZh: hostText(1024).optional(),
  /** It was put right; else it was told alone, as the plan says. */
  corrected: z.boolean(),
});
export type Drift = z.infer<typeof driftSchema>;

export const stepResultSchema = z.object({
  id: z.enum(stepIds),
  state: z.enum(stepStates),
  /** When it was last applied (or found done); null: never. */
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** How often it was applied on this host. */
  attempts: z.number().int().nonnegative(),
  message: hostText(2048),
  remedy: hostText(1024),
  /** Of the error that it failed with (docs/reference/errors.md); absent: none, or one that is in no catalogue. */
  code: hostText(64).optional(),
  /** The same in Chinese; absent: the message is a program's own, or there is none. */
  zh: z.object({ message: hostText(2048), remedy: hostText(1024) }).optional(),
  /** The last drift that this agent saw here; absent: none. */
  drift: driftSchema.optional(),
});
export type StepResult = z.infer<typeof stepResultSchema>;

/** A line that a step's program printed, secrets taken out. */
export const outputLineSchema = z.object({ at: instant, step: hostText(64), text: hostText(2048) });
export type OutputLine = z.infer<typeof outputLineSchema>;

/** What an agent sends: all of it a replacement of what was reported before, but for `output`, which is appended. Absent: no change. */
export const reportSchema = z.object({
  /** The host that the sender believes to be; the credential decides, and a difference is refused. */
  host: hostName,
  bootId: hostText(64),
  /** The sender's clock. */
  sentAt: instant,
  agentVersion: hostText(64),
  facts: factsSchema.optional(),
  findings: z.array(findingSchema).max(500).optional(),
  steps: z.array(stepResultSchema).max(64).optional(),
  output: z.array(outputLineSchema).max(500).optional(),
  /** null: this host has no Node in the cluster, or can't ask. */
  node: nodeFactsSchema.nullable().optional(),
  cluster: clusterFactsSchema.nullable().optional(),
  /** Why the host does not get on; null: it does. */
  diagnosis: diagnosisSchema.nullable().optional(),
  /** How the agent's own update stands; null: nothing to tell. */
  update: updateSchema.nullable().optional(),
});
export type Report = z.infer<typeof reportSchema>;
