import { isDeepStrictEqual } from 'node:util';
import type { Assignment, Target } from '../../shared/protocol/assignment.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { backoff } from '../link/retry.ts';
import type { Outcome } from './runner.ts';

/**
 * How a round ended. `idle`: this host has no assignment or is not known yet; `blocked`: findings need a fix, `at`
 * absent if they block every step; `held`: the operator stopped changes; `leaving`: the host left the cluster, or
 * leaving failed; `recovering`: restoring etcd failed, or another control plane restores it.
 */
export type End = Outcome | { state: 'idle' | 'blocked' | 'held' | 'leaving' | 'recovering'; at?: never };

/** What a round does after preflight. `blocked`: findings block every step. */
export type Task = 'idle' | 'leave' | 'held' | 'blocked' | 'work';

export function taskOf(target: Target | null, blocked: boolean): Task {
  if (target?.assignment == null) return 'idle';
  if (target.leave !== undefined) return 'leave';
  if (target.hold !== undefined) return 'held';
  return blocked ? 'blocked' : 'work';
}

/**
 * What a failing check means: `first`: not done yet; `correct`: drift to correct; `report`: drift to report only. A
 * host that is no longer a Node must become one again, whatever the plan says about drift.
 */
export function meaningOfTodo(
  { settings }: Assignment,
  { isSettled, isNode }: { isSettled: boolean; isNode: boolean },
): 'first' | 'correct' | 'report' {
  if (!isSettled) return 'first';
  return settings.preparation.driftCorrection === 'report' && isNode ? 'report' : 'correct';
}

/** How long to rest if nothing happens, in ms; null: until an event. `sameFor`: number of rounds with the same end. */
export function restAfter(end: End, { sameFor, remedied }: { sameFor: number; remedied: boolean }): number | null {
  if (remedied) return 1000;
  switch (end.state) {
    case 'failed':
    case 'blocked':
      return backoff(sameFor, { base: 10_000, cap: 60_000 });
    case 'leaving':
    case 'recovering':
      return backoff(sameFor, { base: 5000, cap: 60_000 });
    case 'waiting':
      return Math.min(5000, 1000 + sameFor * 20);
    default:
      return null;
  }
}

/** The waiting step to resume at if nothing else changed; undefined: check all steps. */
export const resumeAt = (end: End, recheck: boolean): StepId | undefined =>
  end.state === 'waiting' && !recheck ? end.at : undefined;

/** Effect of a new target on the loop: `none`; `wake`: ends the rest; `restart`: also ends the current round. */
export function effectOf(before: Target | null, next: Target): 'none' | 'wake' | 'restart' {
  if (isDeepStrictEqual(workOf(before), workOf(next))) return 'none';
  return asksForTheSame(before, next) ? 'wake' : 'restart';
}

/** The parts of a target that concern the loop. */
const workOf = (target: Target | null) => ({
  assignment: target?.assignment ?? null,
  hold: target?.hold?.kind,
  leave: target?.leave,
  recovery: target?.recovery,
});

/** A cluster that was only now created, or a change of the turn to install, does not change the work in progress. */
function asksForTheSame(before: Target | null, next: Target): boolean {
  const [{ assignment: a, ...wasAsked }, { assignment: b, ...isAsked }] = [workOf(before), workOf(next)];
  if (!isDeepStrictEqual(wasAsked, isAsked)) return false;
  if (a === null || b === null) return a === b;
  const cluster = a.cluster === null || a.cluster.caSha256 === b.cluster?.caSha256;
  const work = (one: Assignment) => ({ ...one, cluster: null, installsAfter: null });
  return cluster && isDeepStrictEqual(work(a), work(b));
}
