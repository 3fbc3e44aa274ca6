import { createHash } from 'node:crypto';
import { agentPaths } from '../../shared/paths.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import { version } from '../../shared/version.ts';
import type { Host } from '../host/host.ts';

const file = `${agentPaths.state}/settled`;

/**
 * `never`: this host has not fully matched this assignment under this version of muster yet. `settled`: it has; from then
 * on, a failing check is drift, not work to be done. `lost`: it is no longer a Node since, so that until all steps are
 * done again drift is corrected.
 */
export type Settled = 'never' | 'settled' | 'lost';

/** Persists across agent restarts. */
export async function settledState(host: Host, assignment: Assignment): Promise<Settled> {
  const [hash, isLost] = (await host.readFile(file))?.trim().split(' ') ?? [];
  if (hash !== hashOf(assignment)) return 'never';
  return isLost === undefined ? 'settled' : 'lost';
}

/** Records that all steps' checks pass. */
export async function noteSettled(host: Host, assignment: Assignment): Promise<void> {
  if ((await settledState(host, assignment)) !== 'settled') await write(host, hashOf(assignment));
}

/** Records that a host that matched its assignment is no longer a Node. */
export const noteLost = (host: Host, assignment: Assignment): Promise<void> =>
  write(host, `${hashOf(assignment)} lost`);

const write = (host: Host, text: string) => host.writeFile(file, `${text}\n`, { mode: 0o600 });

/** Ignores the turn to install and the encoding of the cluster's certificate: neither changes the work. */
function hashOf({ cluster, installsAfter: _, ...work }: Assignment): string {
  const text = JSON.stringify({ ...work, cluster: cluster?.caSha256, version });
  return createHash('sha256').update(text).digest('hex');
}
