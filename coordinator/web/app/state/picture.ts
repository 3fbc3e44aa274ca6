import { computed } from '@preact/signals';
import { medians } from '../../../../shared/status/estimate.ts';
import { rowNow } from '../model/standing.ts';
import { now } from './clock.ts';
import { allRows, silentAfterMs } from './live.ts';

/** Every host with its current phase, in the plan's order. */
export const hostsNow = computed(() => allRows.value.map((row) => rowNow(row, now.value, silentAfterMs.value)));

let latest: ReturnType<typeof medians> = new Map();

/**
 * Median duration of each step on hosts that completed it; checked every second, and a new value only if it differs.
 */
export const typical = computed(() => {
  now.value;
  const fresh = medians(allRows.peek());
  const same = fresh.size === latest.size && [...fresh].every(([id, seconds]) => latest.get(id) === seconds);
  if (!same) latest = fresh;
  return latest;
});
