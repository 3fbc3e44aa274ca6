import { z } from 'zod';
import { actions, operationKinds } from '../actions/catalogue.ts';
import { partIds } from '../actions/parts.ts';
import { opaqueId } from '../plan/patterns.ts';
import { problemSchema } from './problem.ts';
import { hostName, wireText } from './text.ts';

/** `failed`: timed out, waits for the operator; `skipped`: nothing to do, or not waited for. */
export const partStates = ['pending', 'working', 'done', 'skipped', 'failed'] as const;

export const operationPartSchema = z.object({
  id: z.enum(partIds),
  state: z.enum(partStates),
  /** Progress, what it waits for, or why it was skipped or failed. */
  message: wireText,
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export type OperationPart = z.infer<typeof operationPartSchema>;

export const operationSchema = z.object({
  id: z.string(),
  host: hostName,
  kind: z.enum(operationKinds),
  /** Who started it, if known. */
  by: z.string(),
  /** Evict no pods and do not wait for a silent host. */
  force: z.boolean(),
  /** Time limit for evictions, after which the operator must decide. */
  timeoutSeconds: z.number(),
  startedAt: z.string(),
  /** null: in progress. */
  endedAt: z.string().nullable(),
  outcome: z.enum(['done', 'cancelled']).nullable(),
  parts: z.array(operationPartSchema),
});
export type Operation = z.infer<typeof operationSchema>;

/**
 * Why an agent only observes and reports. `leaving`: an operation removes the host from the cluster; `cloned`: two
 * machines use its credential; `unplanned`: the host is no longer in the plan.
 */
export const holdSchema = z.object({
  kind: z.enum(['paused', 'leaving', 'retired', 'cloned', 'unplanned']),
  reason: wireText,
});
export type Hold = z.infer<typeof holdSchema>;

/** Request to leave the cluster; the result goes to `routes.duties` under this id. */
export const leaveSchema = z.object({
  id: z.string().regex(opaqueId),
  /** `reset`: remove the Kubernetes state; `uninstall`: also remove the agent. */
  what: z.enum(['reset', 'uninstall']),
  /** The operator agreed to destroy the cluster that this host created. */
  giveUpCluster: z.boolean(),
});
export type Leave = z.infer<typeof leaveSchema>;

/** One of several machines seen with the same credential. */
export const machineSchema = z.object({
  bootId: z.string(),
  machineId: z.string().nullable(),
  address: z.string(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
});
export type Machine = z.infer<typeof machineSchema>;

/** On the operator's socket: the caller's user name. */
export const actorHeader = 'x-muster-actor';

/** POST /v1/hosts/NAME/actions */
export const actionRequestSchema = z.object({
  action: z.enum(actions),
  /** For pause: the reason, shown to others. */
  reason: z.string().max(200).optional(),
  force: z.boolean().optional(),
  timeoutSeconds: z
    .number()
    .positive()
    .max(7 * 24 * 3600)
    .optional(),
  /** For pick: boot id or machine id of the machine that stays, or a prefix of it. */
  machine: z.string().min(4).max(64).optional(),
});
export type ActionRequest = z.infer<typeof actionRequestSchema>;

export const actionResponseSchema = z.object({
  /** What was done. */
  message: wireText,
  operation: operationSchema.nullable(),
  /** The install command for the machine that may enrol (readmit, replace). */
  command: z.string().nullable(),
});
export type ActionResponse = z.infer<typeof actionResponseSchema>;

/** GET /v1/hosts/NAME/actions: a preview of each action. */
export const actionPreviewSchema = z.object({
  action: z.enum(actions),
  /** Why the action is refused; null: possible. */
  refusal: problemSchema.nullable(),
  /** Possible only with `force`, because of `refusal`. */
  forcible: z.boolean(),
  /** Ends pods or removes something; requires confirmation. */
  dangerous: z.boolean(),
  effects: z.array(wireText),
});
export type ActionPreview = z.infer<typeof actionPreviewSchema>;

export const actionListSchema = z.object({ host: hostName, actions: z.array(actionPreviewSchema) });
