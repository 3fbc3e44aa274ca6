import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import { agentPaths } from '../../shared/paths.ts';
import { type RecoveryOrder, recoveryFactsSchema } from '../../shared/protocol/recovery.ts';
import { hostName } from '../../shared/protocol/text.ts';
import type { Host, HostView } from '../host/host.ts';

/** What was completed, so that an agent that is stopped resumes there. */
export const stages = ['begun', 'stopped', 'aside', 'restored', 'started', 'done'] as const;
export type Stage = (typeof stages)[number];

/** Says where what orders have moved is, until one is done: a new order takes it over. */
const keptSchema = z.object({
  /** The first of these orders, which names the folders. */
  id: z.string(),
  /** Of the data that etcd had before; null: etcd did not answer. */
  revision: z.string().nullable(),
  /** Hosts that restored etcd for an order that another one replaced: a leader there is no quorum. */
  restorers: z.array(hostName),
});
export type Kept = z.infer<typeof keptSchema>;

const schema = recoveryFactsSchema.omit({ kept: true }).extend({
  stage: z.enum(stages),
  /** The host that restores; absent in a state of an earlier release. */
  host: hostName.optional(),
  /** Absent: nothing was moved, or everything is in its place. */
  kept: keptSchema.optional(),
});
export type RecoveryState = z.infer<typeof schema>;

/** null: this host has never had an order. */
export async function readRecovery(host: HostView): Promise<RecoveryState | null> {
  const text = await host.readFile(agentPaths.recovery);
  const found = schema.safeParse(jsonOrUndefined(text ?? '')).data;
  if (found === undefined) return null;
  // An earlier release named the folders by the order.
  const isOlder = found.kept === undefined && found.stage !== 'begun' && found.stage !== 'done';
  return isOlder ? { ...found, kept: { id: found.id, revision: null, restorers: [] } } : found;
}

export function writeRecovery(host: Host, state: RecoveryState): Promise<void> {
  return host.writeFile(agentPaths.recovery, JSON.stringify(state), { mode: 0o600 });
}

/** How far a host is with an order. */
export interface Progress {
  stage: Stage;
  kept: Kept | undefined;
}

export const isBefore = (stage: Stage, other: Stage): boolean => stages.indexOf(stage) < stages.indexOf(other);

/** A new order continues an unfinished one. What that one restored on this host is stopped and moved aside, too. */
export function progressOf(known: RecoveryState | null, order: RecoveryOrder, self: string): Progress {
  if (known?.id === order.id) return { stage: known.stage, kept: known.kept };
  if (known?.kept === undefined || known.stage === 'done') return { stage: 'begun', kept: undefined };
  const { host, stage, kept } = known;
  const isRestored = !isBefore(stage, 'restored');
  const restorers = host === undefined || (host === self && !isRestored) ? [] : [host];
  return {
    stage: isRestored ? 'begun' : stage,
    kept: { ...kept, restorers: [...new Set([...kept.restorers, ...restorers])] },
  };
}
