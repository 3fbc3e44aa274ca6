import { z } from 'zod';
import { actions, operationKinds } from '../actions/catalogue.ts';
import { partIds } from '../actions/parts.ts';
import { opaqueId } from '../plan/patterns.ts';
import { problemSchema } from './problem.ts';
import { hostName, wireText } from './text.ts';

/** `failed`: its time is up, and it waits for the operator; `skipped`: there was nothing to do, or it was not to be waited for. */
export const partStates = ['pending', 'working', 'done', 'skipped', 'failed'] as const;

export const operationPartSchema = z.object({
  id: z.enum(partIds),
  state: z.enum(partStates),
  /** How far it is, what it waits for, or why it was skipped or failed. */
  message: wireText,
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export type OperationPart = z.infer<typeof operationPartSchema>;

export const operationSchema = z.object({
  id: z.string(),
  host: hostName,
  kind: z.enum(operationKinds),
  /** Who asked for it, as far as is known. */
  by: z.string(),
  /** Disruption budgets are not asked, and a host that is silent is not waited for. */
  force: z.boolean(),
  /** How long evictions may take before the operator is asked. */
  timeoutSeconds: z.number(),
  startedAt: z.string(),
  /** null: under way. */
  endedAt: z.string().nullable(),
  outcome: z.enum(['done', 'cancelled']).nullable(),
  parts: z.array(operationPartSchema),
});
export type Operation = z.infer<typeof operationSchema>;

/**
 * Why a host's agent keeps its hands off: it looks and reports, and changes nothing. `leaving`: an operation takes the host out of the cluster;
 * `cloned`: two machines have its credential; `unplanned`: the plan has no place for it any more.
 */
export const holdSchema = z.object({
  kind: z.enum(['paused', 'leaving', 'retired', 'cloned', 'unplanned']),
  reason: wireText,
});
export type Hold = z.infer<typeof holdSchema>;

/** What a host has to do with itself now; the result goes to `routes.duties`, by this id. */
export const leaveSchema = z.object({
  id: z.string().regex(opaqueId),
  /** `reset`: take away what makes it a node; `uninstall`: after that, the agent itself. */
  what: z.enum(['reset', 'uninstall']),
  /** The operator gave up the cluster that this host created. */
  giveUpCluster: z.boolean(),
});
export type Leave = z.infer<typeof leaveSchema>;

/** One of the machines that were seen with one credential. */
export const machineSchema = z.object({
  bootId: z.string(),
  machineId: z.string().nullable(),
  address: z.string(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
});
export type Machine = z.infer<typeof machineSchema>;

/** Over the operator's socket: the name of the person who calls, as the system knows it. */
export const actorHeader = 'x-muster-actor';

/** POST /v1/hosts/NAME/actions */
export const actionRequestSchema = z.object({
  action: z.enum(actions),
  /** For pause: why, for those who see it. */
  reason: z.string().max(200).optional(),
  force: z.boolean().optional(),
  timeoutSeconds: z
    .number()
    .positive()
    .max(7 * 24 * 3600)
    .optional(),
  /** For pick: the boot id or the machine id of the machine that stays, or the first characters of it. */
  machine: z.string().min(4).max(64).optional(),
});
export type ActionRequest = z.infer<typeof actionRequestSchema>;

export const actionResponseSchema = z.object({
  /** What has been done now. */
  message: wireText,
  operation: operationSchema.nullable(),
  /** The one-liner for the machine that may come in (readmit, replace). */
  command: z.string().nullable(),
});
export type ActionResponse = z.infer<typeof actionResponseSchema>;

/** GET /v1/hosts/NAME/actions: what each action would do, before it does it. */
export const actionPreviewSchema = z.object({
  action: z.enum(actions),
  /** null: possible now; otherwise why not. */
  refusal: problemSchema.nullable(),
  /** Possible with `force` only, because of `refusal`. */
  forcible: z.boolean(),
  /** It ends pods or takes something away: to be confirmed. */
  dangerous: z.boolean(),
  effects: z.array(wireText),
});
export type ActionPreview = z.infer<typeof actionPreviewSchema>;

export const actionListSchema = z.object({ host: hostName, actions: z.array(actionPreviewSchema) });
