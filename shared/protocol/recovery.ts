import { z } from 'zod';
import { hostName, instant, wireText } from './text.ts';

/** Name of a backup of the cluster on a control plane's disk. */
export const clusterBackupName = z.string().regex(/^cluster-\d{8}T\d{6}Z$/, 'cluster-backup-name');

/** POST, over the operator's socket only: allows the lost cluster to be recreated. 409 if it is not lost. */
export const recoveryRoute = '/v1/recovery';

export const recoveryResponseSchema = z.object({
  /** The host that recreates it. */
  host: z.string(),
  /** SHA-256 of the lost cluster's CA; '': unknown. */
  lost: z.string(),
  /** What the host restores; absent: it creates a new cluster. */
  from: z.union([z.literal('member'), clusterBackupName]).optional(),
});
export type RecoveryResponse = z.infer<typeof recoveryResponseSchema>;

/** What is restored: the data of the host's own etcd member, or one of its backups. */
const recoverySource = z.union([z.literal('member'), clusterBackupName]);

/** An operator's decision to restore a cluster whose etcd lost its quorum; part of each control plane's target. */
export const recoveryOrderSchema = z.object({
  /** Becomes part of folders' names. */
  id: z.string().regex(/^[0-9A-Za-z-]{1,64}$/, 'recovery-id'),
  /** The control plane that restores etcd and becomes its only member; the others join it again. */
  host: hostName,
  from: recoverySource,
  /** That host has restored it. */
  isDone: z.boolean(),
  /** Set by an agent with a pinned plan key whose signed plan does not allow it: it does not begin then. */
  isUnsigned: z.boolean().optional(),
});
export type RecoveryOrder = z.infer<typeof recoveryOrderSchema>;

/** How far a control plane is with an order. */
export const recoveryFactsSchema = z.object({
  id: z.string().max(128),
  /** `aside`: it runs no etcd and no API server until the order is done. */
  state: z.enum(['working', 'aside', 'done', 'failed']),
  at: instant,
  /** The failure; empty: none. */
  message: wireText,
  /** What an unfinished order has moved on this host; null: nothing. */
  kept: z
    .object({
      /** The host still has etcd's earlier data. */
      hasData: z.boolean(),
      /** The last revision of that data; null: unknown. */
      revision: z
        .string()
        .regex(/^\d{1,20}$/)
        .nullable(),
    })
    .nullish(),
});

/** GET `recoveryRoute`: what `muster recover` would do now. */
export const recoveryPreviewSchema = z.discriminatedUnion('kind', [
  /** Every control plane has lost its data: a new, empty cluster. */
  z.object({ kind: z.literal('recreate'), host: z.string(), lost: z.string() }),
  z.object({
    kind: z.literal('restore'),
    host: z.string(),
    from: recoverySource,
    /** When that backup was made; null: the data of a member. */
    backupAt: z.string().nullable(),
    /** Other control planes that hold the cluster's data, which is moved aside; they join again. */
    others: z.array(z.string()),
    /** Backups of the chosen host, newest first. */
    backup: z.string().nullable(),
    /** etcd runs, but other data has replaced the cluster's. */
    isReplaced: z.boolean().default(false),
  }),
]);
export type RecoveryPreview = z.infer<typeof recoveryPreviewSchema>;

/** POST `recoveryRoute`. Absent: as the preview says. */
export const recoveryRequestSchema = z.object({
  host: hostName.optional(),
  /** Restore the newest backup of that host even if its member has data. */
  fromBackup: z.boolean().optional(),
});
/** The same for GET. */
export const recoveryQuerySchema = z.object({
  host: hostName.optional(),
  fromBackup: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});
export type RecoveryRequest = z.infer<typeof recoveryRequestSchema>;
