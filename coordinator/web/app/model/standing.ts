import type { Phase } from '../../../../shared/protocol/status.ts';
import type { HostRow } from '../../../../shared/status/row.ts';
import { isSilent } from '../../../../shared/status/silence.ts';

/** The row with its phase at `now`: a host without contact is silent, whatever it last reported. */
export function rowNow(row: HostRow, now: number, silentAfterMs: number): HostRow {
  const lastContact = row.lastContactAt === null ? null : Date.parse(row.lastContactAt);
  return isSilent(row.hold, lastContact, now, silentAfterMs) ? { ...row, phase: 'silent' } : row;
}

export function countPhases(hosts: readonly Pick<HostRow, 'phase'>[]): ReadonlyMap<Phase, number> {
  const counts = new Map<Phase, number>();
  for (const { phase } of hosts) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  return counts;
}
