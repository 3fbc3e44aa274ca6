import { describe, expect, test } from 'vitest';
import { effectOf, meaningOfTodo, restAfter, resumeAt, taskOf } from '../../../agent/loop/decide.ts';
import type { Target } from '../../../shared/protocol/assignment.ts';
import { targetOf } from '../loop-support.ts';
import { testContext } from '../steps/context.ts';

const { assignment } = testContext('packages');
const target = (more: Partial<Target> = {}): Target => ({ ...targetOf(assignment), ...more }) as Target;
const hold = { kind: 'paused', reason: { en: 'x', zh: 'x' } } as unknown as NonNullable<Target['hold']>;
const leave = { id: 'x', what: 'reset', giveUpCluster: false } as NonNullable<Target['leave']>;

describe('the decision of a round', () => {
  test.each([
    ['no target yet', null, false, 'idle'],
    ['no place in the plan', target({ assignment: null }), true, 'idle'],
    ['leaving takes precedence over a hold and a finding', target({ leave, hold }), true, 'leave'],
    ['a hold takes precedence over a finding', target({ hold }), true, 'held'],
    ['a finding blocks', target(), true, 'blocked'],
    ['otherwise the steps run', target(), false, 'work'],
  ])('%s', (_, given, blocked, task) => expect(taskOf(given, blocked)).toBe(task));
});

describe('a check that does not hold', () => {
  const preparing = (driftCorrection: 'correct' | 'report') => ({
    ...assignment,
    settings: { ...assignment.settings, preparation: { ...assignment.settings.preparation, driftCorrection } },
  });
  test.each([
    ['report', false, true, 'first'],
    ['report', true, true, 'report'],
    ['report', true, false, 'correct'],
    ['correct', true, true, 'correct'],
  ] as const)('with driftCorrection %s, settled %s, a Node %s: %s', (correction, isSettled, isNode, meaning) => {
    expect(meaningOfTodo(preparing(correction), { isSettled, isNode })).toBe(meaning);
  });
});

describe('the pause after a round', () => {
  const rest = (state: string, sameFor = 0, remedied = false) =>
    restAfter({ state, at: 'packages' } as never, { sameFor, remedied });

  test.each(['done', 'idle', 'held'])('after %s lasts until a wake', (state) => {
    expect(rest(state)).toBeNull();
  });

  test('after a wait grows to five seconds', () => {
    expect(rest('waiting')).toBe(1000);
    expect(rest('waiting', 1000)).toBe(5000);
  });

  test.each(['failed', 'blocked', 'leaving'])('after %s is a minute at most', (state) => {
    expect(rest(state, 20)).toBeGreaterThanOrEqual(30_000);
    expect(rest(state, 20)).toBeLessThanOrEqual(60_000);
  });

  test('after a remedy is short', () => expect(rest('failed', 20, true)).toBe(1000));
});

test('only a wait without news continues at its step', () => {
  expect(resumeAt({ state: 'waiting', at: 'packages' }, false)).toBe('packages');
  expect(resumeAt({ state: 'waiting', at: 'packages' }, true)).toBeUndefined();
  expect(resumeAt({ state: 'failed', at: 'packages' }, false)).toBeUndefined();
});

describe('a new target', () => {
  const cluster = (caSha256: string) => ({ caSha256, caPem: 'x' }) as never;
  const inCluster = (caSha256: string) => target({ assignment: { ...assignment, cluster: cluster(caSha256) } });
  test.each([
    ['unchanged', target(), target(), 'none'],
    ['other duties', target(), target({ duties: [{} as never] }), 'none'],
    ['a cluster that was just created', target(), inCluster('a'), 'wake'],
    ['another cluster', inCluster('a'), inCluster('b'), 'restart'],
    ['another turn to install', target(), target({ assignment: { ...assignment, installsAfter: 'm' } }), 'wake'],
    ['a hold', target(), target({ hold }), 'restart'],
    ['removed from the plan', target(), target({ assignment: null }), 'restart'],
    ['the first', null, target(), 'restart'],
  ])('%s', (_, before, next, effect) => expect(effectOf(before, next)).toBe(effect));
});
