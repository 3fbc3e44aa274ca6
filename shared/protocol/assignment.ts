import { z } from 'zod';
import { certificates, line } from '../plan/patterns.ts';
import { clusterSettingsSchema, plannedHostSchema } from '../plan/schema.ts';
import { collectRequestSchema } from './collection.ts';
import { dutySchema } from './duty.ts';
import { holdSchema, leaveSchema } from './operation.ts';
import { releaseVersion } from './release.ts';
import { hostName, sha256Hex } from './text.ts';

/** The running cluster that a host is to join or already belongs to. */
export const clusterIdentitySchema = z.object({
  caPem: z.string().regex(certificates),
  caSha256: sha256Hex,
});
export type ClusterIdentity = z.infer<typeof clusterIdentitySchema>;

/** It becomes a file's name. */
export const backupName = z.string().regex(/^muster-[a-zA-Z0-9-]{1,100}\.tar\.gz\.age$/);

/** What the coordinator wants of one host now. */
export const assignmentSchema = z.object({
  host: plannedHostSchema,
  /** `init`: this host creates the cluster; `join`: it joins the one that another host created. */
  bootstrap: z.enum(['init', 'join']),
  settings: clusterSettingsSchema,
  /** null: there is no cluster to join yet. */
  cluster: clusterIdentitySchema.nullable(),
  /** Where the cluster is lost for good (its CA and etcd's data gone), the host that created it may create it anew. */
  recreate: z.boolean().optional(),
  /** The host whose packages and images go first, which this one waits for before it installs its own; null: it need not. */
  installsAfter: hostName.nullable(),
});
export type Assignment = z.infer<typeof assignmentSchema>;

/** The answer of the long-poll. */
export const targetSchema = z.object({
  /** null: the plan has no place for this host (any more); `reason` says why. */
  assignment: assignmentSchema.nullable(),
  reason: z.string().regex(line),
  duties: z.array(dutySchema),
  /** Absent: the agent works. */
  hold: holdSchema.optional(),
  /** Absent: the host stays what it is. */
  leave: leaveSchema.optional(),
  /** Journals and configuration that a person waits for */
  collect: collectRequestSchema.optional(),
  /** The coordinator wants this host to replace its credential. */
  rotateCredential: z.boolean().optional(),
  /** It is this host's turn to bring its agent to that version. */
  update: z.object({ version: releaseVersion }).optional(),
  /** The encrypted copy of a backup that this host is to keep, beside the `keep - 1` newest before it. */
  backup: z.object({ name: backupName, sha256: sha256Hex, keep: z.number().int().positive() }).optional(),
});
export type Target = z.infer<typeof targetSchema>;
