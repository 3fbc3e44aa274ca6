import type { HostRow } from './row.ts';

type Step = HostRow['steps'][number];

/** Duration of a step in seconds, 0 if nothing had to be done; null: not finished. */
export function secondsTaken({ state, startedAt, endedAt }: Step): number | null {
  if (state !== 'done' || startedAt === null || endedAt === null) return null;
  return Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}

/** Seconds that a host's finished steps took. */
export type Taken = readonly (readonly [Step['id'], number])[];

/** Cached durations by step. Keyed by the steps array, which is replaced only when it changes. */
const known = new WeakMap<HostRow['steps'], Taken>();

function takenBy(steps: HostRow['steps']): Taken {
  const before = known.get(steps);
  if (before !== undefined) return before;
  const taken = steps.flatMap((step) => {
    const seconds = secondsTaken(step);
    return seconds === null ? [] : [[step.id, seconds] as const];
  });
  known.set(steps, taken);
  return taken;
}

/** Median duration in seconds by step, over the hosts that have completed it. */
export function medians(rows: readonly Pick<HostRow, 'steps'>[]): ReadonlyMap<Step['id'], number> {
  return mediansOf(rows.map(({ steps }) => takenBy(steps)));
}

export function mediansOf(hosts: readonly Taken[]): ReadonlyMap<Step['id'], number> {
  const byStep = new Map<Step['id'], number[]>();
  for (const taken of hosts) {
    for (const [id, seconds] of taken) {
      const others = byStep.get(id);
      if (others === undefined) byStep.set(id, [seconds]);
      else others.push(seconds);
    }
  }
  return new Map([...byStep].map(([id, seconds]) => [id, median(seconds)]));
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

export interface Estimate {
  /** Seconds until the current step is done. */
  step: number;
  /** Seconds until the host is Ready; null: no host has completed all remaining steps. */
  host: number | null;
}

/**
 * Estimates the remaining time from other hosts; null: none has completed this step, or it already takes longer here.
 */
export function estimate(
  row: Pick<HostRow, 'steps'>,
  typical: ReadonlyMap<Step['id'], number>,
  now: number,
): Estimate | null {
  const at = row.steps.findIndex(({ state }) => state === 'applying');
  const step = row.steps[at];
  if (step?.startedAt == null) return null;
  const usual = typical.get(step.id);
  if (usual === undefined) return null;
  const left = usual - (now - Date.parse(step.startedAt)) / 1000;
  if (left < 1) return null;
  const rest = row.steps.slice(at + 1).filter(({ state }) => state !== 'done');
  const known = rest.map(({ id }) => typical.get(id));
  const host = known.every((seconds) => seconds !== undefined) ? known.reduce((sum, each) => sum + each, left) : null;
  return { step: left, host };
}
