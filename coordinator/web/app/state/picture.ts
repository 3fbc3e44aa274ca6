import { computed } from '@preact/signals';
import { medians } from '../model/estimate.ts';
import { phaseNow } from '../model/standing.ts';
import { now } from './clock.ts';
import { allRows, silentAfterMs } from './live.ts';

/** Every host with where it stands now, in the plan's order. */
export const seen = computed(() =>
  allRows.value.map((row) => ({ row, phase: phaseNow(row, now.value, silentAfterMs.value) })),
);

let latest: ReturnType<typeof medians> = new Map();

/** What each step takes on the hosts that are through with it; looked at once a second, and new only where it differs. */
export const typical = computed(() => {
  now.value;
  const fresh = medians(allRows.peek());
  const same = fresh.size === latest.size && [...fresh].every(([id, seconds]) => latest.get(id) === seconds);
  if (!same) latest = fresh;
  return latest;
});
