import { computed } from '@preact/signals';
import { medians } from '../model/estimate.ts';
import { phaseNow } from '../model/standing.ts';
import { now } from './clock.ts';
import { allRows, silentAfterMs } from './live.ts';

/** Every host with where it stands now, in the plan's order. */
export const seen = computed(() =>
  allRows.value.map((row) => ({ row, phase: phaseNow(row, now.value, silentAfterMs.value) })),
);

/** What each step takes on the hosts that are through with it. */
export const typical = computed(() => medians(allRows.value));
