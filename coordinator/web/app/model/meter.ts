import { phaseTone, type Tone } from '../../../../shared/status/phases.ts';
import type { HostRow } from '../../../../shared/status/row.ts';

const order: readonly Tone[] = ['good', 'busy', 'warn', 'bad', 'idle'];

/** Number of hosts per tone, for the overview's bar. Retired hosts are excluded, as in the summary above it. */
export function meter(hosts: readonly Pick<HostRow, 'phase'>[]): { tone: Tone; count: number }[] {
  const counted = hosts.filter(({ phase }) => phase !== 'retired').map(({ phase }) => phaseTone(phase));
  return order
    .map((tone) => ({ tone, count: counted.filter((one) => one === tone).length }))
    .filter(({ count }) => count > 0);
}
