import { createHash } from 'node:crypto';
import { agentPaths } from '../../shared/paths.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import { version } from '../../shared/version.ts';
import type { Host } from '../host/host.ts';

const file = `${agentPaths.state}/settled`;

/**
 * Whether this host has once been all that this assignment asks for, under this version of muster: what its checks find after that is
 * drift, and not work that was still to be done. It outlives the agent.
 */
export async function isSettled(host: Host, assignment: Assignment): Promise<boolean> {
  return (await host.readFile(file))?.trim() === hashOf(assignment);
}

/** Notes that every step's check holds. */
export async function noteSettled(host: Host, assignment: Assignment): Promise<void> {
  if (!(await isSettled(host, assignment))) await host.writeFile(file, `${hashOf(assignment)}\n`, { mode: 0o600 });
}

/** Whose turn it is to install makes no difference, nor does how the cluster's certificate is written down. */
function hashOf({ cluster, installsAfter: _, ...work }: Assignment): string {
  const text = JSON.stringify({ ...work, cluster: cluster?.caSha256, version });
  return createHash('sha256').update(text).digest('hex');
}
