import { isDeepStrictEqual } from 'node:util';
import type { Assignment, Target } from '../../shared/protocol/assignment.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { backoff } from '../link/retry.ts';
import type { Outcome } from './runner.ts';

/**
 * How a round ended. `idle`: the plan has no place for this host, or it is not known yet; `blocked`: a person has to fix something; `held`: the
 * operator has stopped changes on it; `leaving`: it was taken out of the cluster, or that failed.
 */
export type End = Outcome | { state: 'idle' | 'blocked' | 'held' | 'leaving' };

/** What a round does once the host has been looked at. */
export type Task = 'idle' | 'leave' | 'held' | 'blocked' | 'work';

export function taskOf(target: Target | null, blocked: boolean): Task {
  if (target?.assignment == null) return 'idle';
  if (target.leave !== undefined) return 'leave';
  if (target.hold !== undefined) return 'held';
  return blocked ? 'blocked' : 'work';
}

/**
 * What it means that a step's check does not hold. A host that is no Node any more has to become one again, whatever the plan says about drift.
 */
export function meaningOfTodo(
  { settings }: Assignment,
  { isSettled, isNode }: { isSettled: boolean; isNode: boolean },
): 'first' | 'correct' | 'report' {
  if (!isSettled) return 'first';
  return settings.preparation.driftCorrection === 'report' && isNode ? 'report' : 'correct';
}

/** How long to rest when nothing happens, in ms; null: until something does. `sameFor`: rounds that ended like this one. */
export function restAfter(end: End, { sameFor, remedied }: { sameFor: number; remedied: boolean }): number | null {
  if (remedied) return 1000;
  switch (end.state) {
    case 'failed':
    case 'blocked':
      return backoff(sameFor, { base: 10_000, cap: 60_000 });
    case 'leaving':
      return backoff(sameFor, { base: 5000, cap: 60_000 });
    case 'waiting':
      return Math.min(5000, 1000 + sameFor * 20);
    default:
      return null;
  }
}

/** The step to continue from where it waits and nothing else has changed; undefined: everything is looked at again. */
export const resumeAt = (end: End, recheck: boolean): StepId | undefined =>
  end.state === 'waiting' && !recheck ? end.at : undefined;

/** What a new target means for the round that runs: `none`; `wake`: the rest ends; `restart`: the round ends as well. */
export function effectOf(before: Target | null, next: Target): 'none' | 'wake' | 'restart' {
  if (isDeepStrictEqual(workOf(before), workOf(next))) return 'none';
  return asksForTheSame(before, next) ? 'wake' : 'restart';
}

/** All of a target that concerns the loop. */
const workOf = (target: Target | null) => ({
  assignment: target?.assignment ?? null,
  hold: target?.hold?.kind,
  leave: target?.leave,
});

/** A cluster that has only now been created is none the host was working for, and whose turn it is to install changes nothing of the work. */
function asksForTheSame(before: Target | null, next: Target): boolean {
  const [{ assignment: a, ...wasAsked }, { assignment: b, ...isAsked }] = [workOf(before), workOf(next)];
  if (!isDeepStrictEqual(wasAsked, isAsked)) return false;
  if (a === null || b === null) return a === b;
  const cluster = a.cluster === null || a.cluster.caSha256 === b.cluster?.caSha256;
  const work = (one: Assignment) => ({ ...one, cluster: null, installsAfter: null });
  return cluster && isDeepStrictEqual(work(a), work(b));
}
