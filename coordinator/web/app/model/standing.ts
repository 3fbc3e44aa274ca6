import type { Phase } from '../../../../shared/protocol/status.ts';
import type { HostRow } from '../../../../shared/protocol/stream.ts';

/** Where the host stands now: silence overrides whatever was said last. */
export function phaseNow(row: Pick<HostRow, 'phase' | 'lastContactAt'>, now: number, silentAfterMs: number): Phase {
  const quiet = row.lastContactAt === null ? 0 : now - Date.parse(row.lastContactAt);
  return quiet > silentAfterMs ? 'silent' : row.phase;
}

/** How many hosts are in each phase. */
export function countPhases(phases: readonly Phase[]): ReadonlyMap<Phase, number> {
  const counts = new Map<Phase, number>();
  for (const phase of phases) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  return counts;
}
