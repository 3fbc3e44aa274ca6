import { z } from 'zod';
import { clusterBackupFactsSchema } from './etcd-facts.ts';
import { hostName } from './text.ts';

/** Routes on the operator's socket, except `copies`, which agents use. */
export const safekeepingRoutes = {
  /** GET: Restored or null. POST: trust the restored data -> 204. */
  restored: '/v1/restored',
  /** POST -> the archive, unencrypted. */
  backups: '/v1/backups',
  /** GET: {exists}. POST {publicKey, signingKey} -> 204. */
  recoveryKey: '/v1/recovery-key',
  /** POST {host: NAME or null for all} -> 202 {hosts}. */
  rotations: '/v1/rotations',
  /** GET /v1/backup-copies/NAME, with a host's credential: an age file. */
  copies: '/v1/backup-copies',
  /** POST: back up etcd and the PKI on every control plane now -> 202 [ClusterBackupResult]. GET: the same. */
  clusterBackups: '/v1/cluster-backups',
  /** PUT /v1/cluster-copies/NAME, with the credential of a control plane: an age file. */
  clusterCopies: '/v1/cluster-copies',
} as const;

/** Limit of an encrypted backup of the cluster that hosts keep copies of, in bytes; they hold it in memory once. */
export const mostClusterCopyBytes = 200 * 1024 ** 2;

/** Credentials that become valid again if the restored data is trusted. */
export const restoredSchema = z.object({
  own: z.number(),
  seen: z.number(),
  since: z.string(),
  /** Unexpired enrolment tokens; `host` null: one for all workers. */
  tokens: z.array(z.object({ host: z.string().nullable(), expiresAt: z.string() })),
  hosts: z.array(z.object({ name: z.string(), enrolledAt: z.string() })),
});
export type Restored = z.infer<typeof restoredSchema>;

/** An X25519 recipient of age. */
export const recoveryKeySchema = z.object({
  publicKey: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/),
  /** Signs backups: 32 bytes in base64, derived from the secret. */
  signingKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});
export const rotationRequestSchema = z.object({ host: hostName.nullable() });
export const rotationResponseSchema = z.object({ hosts: z.array(z.string()) });

export const clusterBackupResultSchema = z.object({
  /** A control plane. */
  host: z.string(),
  /** It has carried out the newest request. */
  isDone: z.boolean(),
  /** null: it has made no backup. */
  facts: clusterBackupFactsSchema.nullable(),
});
export type ClusterBackupResult = z.infer<typeof clusterBackupResultSchema>;
