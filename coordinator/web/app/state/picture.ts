import { computed } from '@preact/signals';
import { medians } from '../../../../shared/status/estimate.ts';
import { rowNow } from '../model/standing.ts';
import { now } from './clock.ts';
import { allRows, silentAfterMs } from './live.ts';

/** Every host with its phase at this moment, in the plan's order. */
export const hostsNow = computed(() => allRows.value.map((row) => rowNow(row, now.value, silentAfterMs.value)));

let latest: ReturnType<typeof medians> = new Map();

/** What each step takes on the hosts that are through with it; looked at once a second, and new only where it differs. */
export const typical = computed(() => {
  now.value;
  const fresh = medians(allRows.peek());
  const same = fresh.size === latest.size && [...fresh].every(([id, seconds]) => latest.get(id) === seconds);
  if (!same) latest = fresh;
  return latest;
});
