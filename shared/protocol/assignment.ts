import { z } from 'zod';
import { certificates, line, opaqueId } from '../plan/patterns.ts';
import { clusterSettingsSchema, plannedHostSchema } from '../plan/schema.ts';
import { collectRequestSchema } from './collection.ts';
import { coordinatorUrls } from './coordinators.ts';
import { dutySchema } from './duty.ts';
import { holdSchema, leaveSchema } from './operation.ts';
import { recoveryOrderSchema } from './recovery.ts';
import { releaseVersion } from './release.ts';
import { signedTextSchema } from './signed-plan.ts';
import { hostName, sha256Hex } from './text.ts';

/** The running cluster that a host joins or already belongs to. */
export const clusterIdentitySchema = z.object({
  caPem: z.string().regex(certificates),
  caSha256: sha256Hex,
});
export type ClusterIdentity = z.infer<typeof clusterIdentitySchema>;

/** A backup's name; also used as a file name. */
export const backupName = z.string().regex(/^muster-[a-zA-Z0-9-]{1,100}\.tar\.gz\.age$/);

/** The desired state of one host, set by the coordinator. */
export const assignmentSchema = z.object({
  host: plannedHostSchema,
  /** `init`: this host creates the cluster; `join`: it joins a cluster created by another host. */
  bootstrap: z.enum(['init', 'join']),
  settings: clusterSettingsSchema,
  /** null: no cluster to join yet. */
  cluster: clusterIdentitySchema.nullable(),
  /** The cluster is permanently lost (its CA and etcd's data are gone), and the host that created it may recreate it. */
  recreate: z.boolean().optional(),
  /** The host that installs first; this one waits for it before installing packages. null: no need to wait. */
  installsAfter: hostName.nullable(),
});
export type Assignment = z.infer<typeof assignmentSchema>;

const clusterBackupSchema = z.object({
  everyMs: z.number().int().positive(),
  keep: z.number().int().positive().max(1000),
  /** Changes with each request to back up and verify now; absent: none yet. */
  request: z.string().regex(opaqueId).optional(),
  /** The operator's recovery key that copies for other hosts are encrypted to; absent: no copies. */
  recipient: z
    .string()
    .regex(/^age1[02-9ac-hj-np-z]{58}$/)
    .optional(),
  /** Set by an agent with a pinned plan key whose signed plan does not name that recovery key. */
  isUnsigned: z.boolean().optional(),
});
export type ClusterBackupWish = z.infer<typeof clusterBackupSchema>;

/** Response of the long poll. */
export const targetSchema = z.object({
  /** null: the host is not, or no longer, in the plan; `reason` says why. */
  assignment: assignmentSchema.nullable(),
  reason: z.object({ en: z.string().regex(line), zh: z.string().regex(line) }),
  duties: z.array(dutySchema),
  /** Stops changes on the host; absent: changes are allowed. */
  hold: holdSchema.optional(),
  /** Request to leave the cluster; absent: none. */
  leave: leaveSchema.optional(),
  /** Request for journals and configuration. */
  collect: collectRequestSchema.optional(),
  /** Whether the host must rotate its credential. */
  rotateCredential: z.boolean().optional(),
  /** The agent must update to this version now. */
  update: z.object({ version: releaseVersion }).optional(),
  /** The signed plan; absent: plans are not signed. */
  signedPlan: signedTextSchema.optional(),
  /** All coordinators of the cluster; absent: only the one that answers. */
  coordinators: coordinatorUrls.optional(),
  /**
   * The state of the coordinators is on another host: a worker removes the coordinator that it had as a control plane.
   * Absent: it keeps it.
   */
  removeCoordinator: z.boolean().optional(),
  /** The encrypted backup copy to store; the newest `keep` copies are kept. */
  backup: z.object({ name: backupName, sha256: sha256Hex, keep: z.number().int().positive().max(1000) }).optional(),
  /** The same for the cluster's etcd and PKI. */
  clusterCopy: z
    .object({
      name: z.string().regex(/^cluster-\d{8}T\d{6}Z\.tar\.gz\.age$/),
      sha256: sha256Hex,
      keep: z.number().int().positive().max(1000),
    })
    .optional(),
  /** How a control plane backs up the cluster's etcd and PKI on its own disk; absent: it does not. */
  clusterBackup: clusterBackupSchema.optional(),
  /** Restore etcd, or make room for the host that does; on control planes only. */
  recovery: recoveryOrderSchema.optional(),
});
export type Target = z.infer<typeof targetSchema>;

const referringSchema = assignmentSchema.omit({ settings: true }).extend({ settingsRef: sha256Hex });

/**
 * A target that names what many hosts share by SHA-256; GET /v1/target-parts/SHA256 returns each part. Agents ask for it
 * with `?shared=reference`; a coordinator that does not know that sends the parts.
 */
export const sentTargetSchema = targetSchema.extend({
  assignment: z.union([referringSchema, assignmentSchema]).nullable(),
  signedPlanRef: sha256Hex.optional(),
});
export type SentTarget = z.infer<typeof sentTargetSchema>;
