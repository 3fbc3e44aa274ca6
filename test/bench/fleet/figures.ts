import type { Measured, Tally } from './protocol.ts';

/** The longest pause of the event loop, and the coordinator's own work in it. */
export const stall = ({ stallMs, workMs }: Measured) => `${stallMs.toFixed(0)} ms (${workMs.toFixed(0)} ms of work)`;

/** What the coordinator takes for each of `hosts` agents more than when it was `empty`. */
export function memory(hosts: number, empty: Measured, { residentBytes, heapBytes, connections }: Measured): string {
  const each = (bytes: number) => `${(bytes / hosts / 1000).toFixed(0)} KB`;
  const [all, heap] = [residentBytes - empty.residentBytes, heapBytes - empty.heapBytes];
  return (
    `${(residentBytes / 1e6).toFixed(0)} MB with ${connections} connections; ${each(all)} for each agent: ` +
    `JavaScript ${each(heap)}, native ${each(all - heap)}`
  );
}

export const seconds = (ms: number) => (Number.isFinite(ms) ? `${(ms / 1000).toFixed(1)} s` : 'never');
/** Percent of a core. */
export const share = ({ cpuSeconds, seconds: elapsed }: Measured) => ((cpuSeconds / elapsed) * 100).toFixed(0);

/** How often which attempt failed. */
export function failures(all: readonly Tally[]): string {
  const sum = new Map<string, number>();
  for (const { failures: some } of all)
    for (const [reason, count] of Object.entries(some)) sum.set(reason, (sum.get(reason) ?? 0) + count);
  return sum.size === 0 ? 'none' : [...sum].map(([reason, count]) => `${count} ${reason}`).join(', ');
}
