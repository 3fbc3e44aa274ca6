import { agentPaths } from '../../shared/paths.ts';
import { holds } from '../changes/conditions.ts';
import type { Resource } from '../changes/resource.ts';
import type { Host } from '../host/host.ts';
import { isActive } from './unit.ts';

/**
 * Marks a running service whose configuration changes, so that it is restarted even if the agent exits in between. Set
 * before the change; on tmpfs, because after a boot the service has read the new configuration anyway.
 */
const mark = (unit: string) => `${agentPaths.volatile}/restart-${unit}`;

export const markForRestart = (host: Host, unit: string) => host.writeFile(mark(unit), '');
export const isMarkedForRestart = (host: Host, unit: string) => host.exists(mark(unit));
export const clearRestartMark = (host: Host, unit: string) => host.removeFile(mark(unit));

export const restartLater: Resource<'restart-later'> = {
  async set({ unit, when }, { host }) {
    if ((await holds(when, host)) && (await isActive(host, unit))) await markForRestart(host, unit);
  },
};
