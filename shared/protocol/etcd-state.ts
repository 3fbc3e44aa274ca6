import { z } from 'zod';

/** etcd of the running cluster, as a control plane reports it. */
export const etcdStateSchema = z.object({
  /** The control plane whose report this is. */
  seenBy: z.string(),
  /** The site runs it; muster does not manage it. */
  isExternal: z.boolean(),
  hasQuorum: z.boolean(),
  members: z.array(
    z.object({
      /** In hexadecimal, as etcdctl prints it. */
      id: z.string(),
      /** Empty: it has never started. */
      name: z.string(),
      answers: z.boolean(),
      isLeader: z.boolean(),
      isLearner: z.boolean(),
      version: z.string().nullable(),
      dbBytes: z.number().nullable(),
      inUseBytes: z.number().nullable(),
    }),
  ),
  /** The newest backup that was restored into an etcd of its own and compared, on any control plane; null: none. */
  restorable: z.object({ host: z.string(), at: z.string() }).nullable(),
});
export type EtcdState = z.infer<typeof etcdStateSchema>;
