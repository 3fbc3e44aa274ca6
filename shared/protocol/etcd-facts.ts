import { z } from 'zod';
import { maybe, maybeList, number, short } from './fact-fields.ts';
import { instant, sha256Hex, wireText } from './text.ts';

export const clusterBackupFactsSchema = z.object({
  /** The newest backup of etcd and the PKI on this control plane; null: none. */
  newest: maybe(
    z.object({
      name: short,
      at: instant,
      keys: z.number().int().nonnegative(),
      /** false: of an external etcd, which muster does not restore, not even to try it. */
      isTestable: z.boolean().default(true),
    }),
  ),
  /** The newest that was restored into an etcd of its own and compared; `days`: how long ago that was. */
  verified: maybe(z.object({ name: short, at: instant, days: z.number().int().nonnegative() })),
  /** Why the last backup or verification failed; null: it did not. */
  failure: maybe(z.object({ what: z.enum(['backup', 'verification']), at: instant, message: wireText })),
  /** The newest request that was carried out. */
  request: maybe(short),
});

/** What this control plane sees of the external etcd that is planned. */
export const externalEtcdFactsSchema = z.object({
  /** Client files that this host does not have. */
  missing: z.array(short).max(3),
  /** What is wrong with the client certificate; null: nothing, or it is not there. */
  certificate: maybe(z.enum(['unreadable', 'other-key', 'expired', 'key-format'])),
  endpoints: z
    .array(
      z.object({
        url: short,
        /** Why it does not answer; null: it answers, or was not asked. */
        failure: maybe(short),
        version: maybe(short),
        /** Id of its cluster in hexadecimal. */
        cluster: maybe(short),
      }),
    )
    .max(16),
  /** What etcd holds of a cluster; null: not read, as on a node. */
  registry: maybe(z.object({ isEmpty: z.boolean(), caSha256s: z.array(sha256Hex).max(8) })),
  /** The CA whose PKI this host keeps; null: none. */
  keptCaSha256: maybe(sha256Hex),
});

/** A member's id in hexadecimal, as etcdctl prints it. */
const memberId = z.string().regex(/^[0-9a-f]{1,16}$/, 'etcd-member-id');

export const etcdFactsSchema = z.object({
  /** The site runs it: `self` is the member that answered. Absent from agents of earlier releases. */
  external: z.boolean().default(false),
  /** This host's member; null: it does not answer, and all else is empty. */
  self: maybe(memberId),
  /** The leader, without which etcd has no quorum; null: none. */
  leader: maybe(memberId),
  /** The newest revision of this member, to compare members without a leader; null: there is one. */
  revision: maybe(z.string().regex(/^\d{1,20}$/)),
  members: z
    .array(
      z.object({
        id: memberId,
        /** Empty: the member has never started. */
        name: short,
        peerUrl: short,
        isLearner: z.boolean(),
        /** It answered this host. */
        answers: z.boolean(),
        version: maybe(short),
        /** Of its database, rounded up to 1 MiB: the file, and what is in use. */
        dbBytes: number,
        inUseBytes: number,
      }),
    )
    .max(16)
    .default([]),
  /** Limit of the database; null: unknown. */
  quotaBytes: number,
  /** 99th percentiles in ms since this member started: a sync of its log, and a commit of its database. */
  fsyncMs: number,
  commitMs: number,
  /** null: unknown, for example without quorum. */
  alarms: maybeList(z.object({ member: memberId, alarm: short }), 32),
  /**
   * This member's data is not the cluster's: the recorded UID of the namespace kube-system and the one found, empty if it
   * does not exist; null: it is, or that is not known.
   */
  replaced: maybe(z.object({ recorded: short, found: short })),
});
