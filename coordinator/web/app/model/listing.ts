import type { Phase } from '../../../../shared/protocol/status.ts';
import { phasesByUrgency } from '../../../../shared/status/phases.ts';
import type { HostRow } from '../../../../shared/status/row.ts';
import { countPhases } from './standing.ts';

/** The heading of a phase's hosts. */
export interface Group {
  phase: Phase;
  count: number;
  isOpen: boolean;
}

/** A line of the hosts' table. */
export type Item = Group | { name: string };

type Host = Pick<HostRow, 'name' | 'phase'>;

/** The table's lines without groups: the hosts in their order. */
export const plainListing = (hosts: readonly Host[]): Item[] => hosts.map(({ name }) => ({ name }));

/** The table's lines with the hosts grouped by phase, the most urgent first; folded groups show their heading only. */
export function groupedListing(hosts: readonly Host[], folded: ReadonlySet<Phase>): Item[] {
  const counts = countPhases(hosts);
  return phasesByUrgency.flatMap((phase): Item[] => {
    const count = counts.get(phase);
    if (count === undefined) return [];
    const isOpen = !folded.has(phase);
    return [{ phase, count, isOpen }, ...(isOpen ? plainListing(hosts.filter((host) => host.phase === phase)) : [])];
  });
}
