import type { HostRow } from './row.ts';

type Step = HostRow['steps'][number];

/** Seconds that a step took, 0 where nothing needed to be done; null: it has not ended. */
export function secondsTaken({ state, startedAt, endedAt }: Step): number | null {
  if (state !== 'done' || startedAt === null || endedAt === null) return null;
  return Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}

/** Seconds by step of one host's steps. A host's steps are a new array when they have changed, and only then. */
const known = new WeakMap<HostRow['steps'], readonly (readonly [Step['id'], number])[]>();

function takenBy(steps: HostRow['steps']): readonly (readonly [Step['id'], number])[] {
  const before = known.get(steps);
  if (before !== undefined) return before;
  const taken = steps.flatMap((step) => {
    const seconds = secondsTaken(step);
    return seconds === null ? [] : [[step.id, seconds] as const];
  });
  known.set(steps, taken);
  return taken;
}

/** By step, the median of the seconds that it took on the hosts that are through with it. */
export function medians(rows: readonly Pick<HostRow, 'steps'>[]): ReadonlyMap<Step['id'], number> {
  const byStep = new Map<Step['id'], number[]>();
  for (const { steps } of rows) {
    for (const [id, seconds] of takenBy(steps)) {
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
  /** Seconds until the step that is being applied is through. */
  step: number;
  /** Seconds until the host is; null: no other host has done all remaining steps. */
  host: number | null;
}

/** How long it will take, judged by the other hosts; null: none of them has done this step, or it takes longer here than there. */
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
