import { serviceProcesses } from '../lab/machine/cgroups.ts';

/** Kills (-9) all processes of a service from outside the host, without delay. false: it has none. */
export function killService(host: string, unit: string): boolean {
  const pids = serviceProcesses(host).get(unit) ?? [];
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }
  return pids.length > 0;
}
