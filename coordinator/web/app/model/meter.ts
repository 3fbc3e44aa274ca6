import { phaseTone, type Tone } from '../../../../shared/status/phases.ts';
import type { HostRow } from '../../../../shared/status/row.ts';

const order: readonly Tone[] = ['good', 'busy', 'warn', 'bad', 'idle'];

/** How many hosts are in each state, for the overview's bar. Retired hosts do not count, as in the sentence above it. */
export function meter(hosts: readonly Pick<HostRow, 'phase'>[]): { tone: Tone; count: number }[] {
  const counted = hosts.filter(({ phase }) => phase !== 'retired').map(({ phase }) => phaseTone(phase));
  return order
    .map((tone) => ({ tone, count: counted.filter((one) => one === tone).length }))
    .filter(({ count }) => count > 0);
}
