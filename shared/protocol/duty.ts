import { z } from 'zod';
import { opaqueId } from '../plan/patterns.ts';
import { plannedHostSchema, taintSchema } from '../plan/schema.ts';
import { anyText, hostName, hostText, instant } from './text.ts';

const id = z.string().regex(opaqueId);
export const tokenId = z.string().regex(/^[a-z0-9]{6}$/, 'bootstrap-token-id');
/** `id.secret`, as kubeadm defines a bootstrap token. */
export const bootstrapToken = z.string().regex(/^[a-z0-9]{6}\.[a-z0-9]{16}$/, 'bootstrap-token');

/** A typed piece of cluster work for a control plane's agent: a value, never a command line. */
export const dutySchema = z.discriminatedUnion('type', [
  /** Delete the Node `host` if there is one (it asks to join, so it is not joined) and mint a bootstrap token for it. */
  z.object({ id, type: z.literal('mint-join-credential'), host: hostName, ttlSeconds: z.number().int().positive() }),
  /** Approve the client certificate request of `host`, made with this token and no other. */
  z.object({ id, type: z.literal('approve-certificate'), host: hostName, tokenId, until: instant }),
  z.object({ id, type: z.literal('delete-join-credential'), tokenId }),
  /** Make the Node carry these labels and taints; others stay. */
  z.object({
    id,
    type: z.literal('label-node'),
    host: hostName,
    labels: plannedHostSchema.shape.labels,
    taints: z.array(taintSchema),
  }),
  /** Let no new pods onto the Node, or let them again. */
  z.object({ id, type: z.literal('cordon-node'), host: hostName, unschedulable: z.boolean() }),
  /** Evict the Node's pods, as its disruption budgets allow; those of DaemonSets and mirror pods stay. */
  z.object({ id, type: z.literal('drain-node'), host: hostName }),
  z.object({ id, type: z.literal('delete-node'), host: hostName }),
]);
export type Duty = z.infer<typeof dutySchema>;

export const dutyResultSchema = z.discriminatedUnion('outcome', [
  /** `token` only for mint-join-credential: handed on to the host that waits for it and stored nowhere. */
  z.object({ outcome: z.literal('done'), token: bootstrapToken.optional() }),
  z.object({ outcome: z.literal('failed'), message: anyText }),
  /** How far a long duty is; `blocked` says what it waits for. */
  z.object({
    outcome: z.literal('progress'),
    done: z.number().int().nonnegative(),
    total: z.number().int().nonnegative(),
    blocked: z.array(hostText(512)).max(20),
  }),
]);
export type DutyResult = z.infer<typeof dutyResultSchema>;
export type DutyProgress = Extract<DutyResult, { outcome: 'progress' }>;
/** How a duty, or a try of it, has ended. */
export type DutyEnd = Exclude<DutyResult, DutyProgress>;
