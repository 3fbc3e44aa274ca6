import type { Logger } from '../../shared/logger.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';

/** Whether this host is a worker now, and a coordinator on another host has the state. */
export const mayRemoveCoordinator = ({ assignment, removeCoordinator }: Target): boolean =>
  assignment?.host.role === 'worker' && removeCoordinator === true;

/**
 * Removes the coordinator, with the keys that all coordinators share, from a host that was one of several control
 * planes. The others have its state. Safe to repeat. Throws MusterError.
 */
export async function removeCoordinator(host: Host, log: Logger): Promise<void> {
  if (!(await host.exists(agentPaths.coordinatorMark))) return;
  await output(host, `${agentPaths.programs}/agent/uninstall.sh`, ['--only-coordinator']);
  await host.removeFile(agentPaths.coordinatorMark);
  log.info('removed the coordinator: this host is no longer a control plane');
}
