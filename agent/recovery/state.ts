import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import { recoveryFactsSchema } from '../../shared/protocol/recovery.ts';
import type { Host, HostView } from '../host/host.ts';

/** What was completed, so that an agent that is stopped resumes there. */
export const stages = ['begun', 'stopped', 'aside', 'restored', 'started', 'done'] as const;
export type Stage = (typeof stages)[number];

const schema = recoveryFactsSchema.extend({ stage: z.enum(stages) });
export type RecoveryState = z.infer<typeof schema>;

/** null: this host has never had an order. */
export async function readRecovery(host: HostView): Promise<RecoveryState | null> {
  const text = await host.readFile(agentPaths.recovery);
  return schema.safeParse(jsonOrUndefined(text ?? '')).data ?? null;
}

export function writeRecovery(host: Host, state: RecoveryState): Promise<void> {
  return host.writeFile(agentPaths.recovery, JSON.stringify(state), { mode: 0o600 });
}

export async function recoveryFacts(host: HostView): Promise<Facts['recovery']> {
  const found = await readRecovery(host);
  if (found === null) return null;
  const { stage: _, ...facts } = found;
  return facts;
}
