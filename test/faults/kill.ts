import { setTimeout as sleep } from 'node:timers/promises';
import { serviceProcesses } from '../lab/cgroups.ts';

/** Kills (-9) all processes of a service, from outside the host and so without a delay; false: it has none now. */
export function killService(host: string, unit: string): boolean {
  const pids = serviceProcesses(host).get(unit) ?? [];
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
  return pids.length > 0;
}

/** Calls back once for each of muster's transient units on the host, as soon as it runs. */
export async function eachLongProgram(host: string, act: (unit: string) => void, signal: AbortSignal): Promise<void> {
  const seen = new Set(['muster-agent.service', 'muster-coordinator.service']);
  while (!signal.aborted) {
    for (const unit of serviceProcesses(host).keys()) {
      if (!unit.startsWith('muster-') || seen.has(unit)) continue;
      seen.add(unit);
      act(unit);
    }
    await sleep(50);
  }
}
