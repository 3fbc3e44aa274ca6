import { z } from 'zod';
import { opaqueId } from '../plan/patterns.ts';
import { plannedHostSchema, roleSchema, taintSchema } from '../plan/schema.ts';
import { ageRecipient, anyText, hostName, hostText, instant } from './text.ts';

/** How long a join credential may be valid, in seconds. */
export const longestJoinSeconds = 15 * 60;

const id = z.string().regex(opaqueId);
export const tokenId = z.string().regex(/^[a-z0-9]{6}$/, 'bootstrap-token-id');
/** A bootstrap token in kubeadm's format, `id.secret`. */
export const bootstrapToken = z.string().regex(/^[a-z0-9]{6}\.[a-z0-9]{16}$/, 'bootstrap-token');
/** The key that encrypts the certificates which kubeadm uploads for one control plane, in hexadecimal. */
export const certificateKey = z.string().regex(/^[0-9a-f]{64}$/, 'certificate-key');
/** That key as an age file in base64, which only the host that joins can open. */
export const sealedKey = z
  .string()
  .max(2048)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'sealed-key');

/** A typed cluster operation for a control plane's agent; never a command line. */
export const dutySchema = z.discriminatedUnion('type', [
  /**
   * Create a bootstrap token for `host`, after deleting its Node if one exists; for a control plane, also upload the
   * certificates.
   */
  z.object({
    id,
    type: z.literal('mint-join-credential'),
    host: hostName,
    role: roleSchema.default('worker'),
    /** For a control plane: who may open the key of the certificates. */
    recipient: ageRecipient.optional(),
    ttlSeconds: z.number().int().positive().max(longestJoinSeconds),
  }),
  /** Approve the client certificate request of `host` made with this token, and no other. */
  z.object({ id, type: z.literal('approve-certificate'), host: hostName, tokenId, until: instant }),
  /** `endedFor`: the host whose join has ended; absent: another credential of that host is in use. */
  z.object({ id, type: z.literal('delete-join-credential'), tokenId, endedFor: hostName.optional() }),
  /** Set these labels and taints on the Node; others stay. */
  z.object({
    id,
    type: z.literal('label-node'),
    host: hostName,
    labels: plannedHostSchema.shape.labels,
    taints: z.array(taintSchema),
  }),
  /** Cordon or uncordon the Node. */
  z.object({ id, type: z.literal('cordon-node'), host: hostName, unschedulable: z.boolean() }),
  /** Evict the Node's pods within their disruption budgets; pods of DaemonSets and mirror pods stay. */
  z.object({ id, type: z.literal('drain-node'), host: hostName }),
  /** Hold the Lease that lets one control plane be away; refused while another one holds it. */
  z.object({ id, type: z.literal('step-aside'), host: hostName }),
  /** Give that Lease back. */
  z.object({ id, type: z.literal('step-back'), host: hostName }),
  /** Remove the host's member from etcd, if those that remain and answer are a majority; its leadership moves first. */
  z.object({ id, type: z.literal('remove-member'), host: hostName }),
  /** Delete the Node; a control plane's only once its member has left etcd. */
  z.object({ id, type: z.literal('delete-node'), host: hostName }),
]);
export type Duty = z.infer<typeof dutySchema>;

export const dutyResultSchema = z.discriminatedUnion('outcome', [
  /** `token`, `sealedKey`: only for mint-join-credential; forwarded to the waiting host and never stored. */
  z.object({
    outcome: z.literal('done'),
    token: bootstrapToken.optional(),
    sealedKey: sealedKey.optional(),
  }),
  z.object({ outcome: z.literal('failed'), message: anyText }),
  /** Progress of a long duty; `blocked`: what it waits for. */
  z.object({
    outcome: z.literal('progress'),
    done: z.number().int().nonnegative(),
    total: z.number().int().nonnegative(),
    blocked: z.array(hostText(512)).max(20),
  }),
]);
export type DutyResult = z.infer<typeof dutyResultSchema>;
export type DutyProgress = Extract<DutyResult, { outcome: 'progress' }>;
/** The final result of a duty or of one attempt. */
export type DutyEnd = Exclude<DutyResult, DutyProgress>;
