import { createHash } from 'node:crypto';
import { agentPaths } from '../../shared/paths.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import { version } from '../../shared/version.ts';
import type { Host } from '../host/host.ts';

const file = `${agentPaths.state}/settled`;

/**
 * Whether this host has once fully matched this assignment under this version of muster. From then on, a failing check
 * is drift, not work to be done. Persists across agent restarts.
 */
export async function isSettled(host: Host, assignment: Assignment): Promise<boolean> {
  return (await host.readFile(file))?.trim() === hashOf(assignment);
}

/** Records that all steps' checks pass. */
export async function noteSettled(host: Host, assignment: Assignment): Promise<void> {
  if (!(await isSettled(host, assignment))) await host.writeFile(file, `${hashOf(assignment)}\n`, { mode: 0o600 });
}

/** Ignores the turn to install and the encoding of the cluster's certificate: neither changes the work. */
function hashOf({ cluster, installsAfter: _, ...work }: Assignment): string {
  const text = JSON.stringify({ ...work, cluster: cluster?.caSha256, version });
  return createHash('sha256').update(text).digest('hex');
}
