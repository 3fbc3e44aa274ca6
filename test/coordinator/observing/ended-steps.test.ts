import { expect, test } from 'vitest';
import { endedSteps } from '../../../coordinator/observing/ended-steps.ts';
import type { StepResult } from '../../../shared/protocol/report.ts';
import { step } from '../support.ts';

const [start, end, later] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:30Z', '2026-01-01T00:05:00Z'];
const done = (endedAt = end) => step('swap', 'done', { startedAt: start, endedAt, attempts: 1 });

function setUp(stored: readonly StepResult[] = []) {
  let before = stored;
  return (steps: readonly StepResult[]) => {
    const ended = endedSteps(before, steps);
    before = steps;
    return ended;
  };
}

test('each end is reported once, with the step’s duration in seconds', () => {
  const look = setUp();
  expect(look([step('swap', 'applying', { startedAt: start, attempts: 1 })])).toEqual([]);
  expect(look([done()])).toEqual([{ id: 'swap', state: 'done', seconds: 30 }]);
  expect(look([done()])).toEqual([]);
});

test('a failure is an end, and so is the success after it', () => {
  const look = setUp();
  expect(look([step('swap', 'failed', { startedAt: start, endedAt: end, attempts: 1 })])).toMatchObject([
    { state: 'failed' },
  ]);
  expect(look([done(later)])).toMatchObject([{ state: 'done', seconds: 300 }]);
});

test('a step that needed nothing has no duration', () => {
  expect(setUp()([step('swap', 'done', { startedAt: start, endedAt: end })])).toMatchObject([{ seconds: null }]);
});

test('what was stored before a restart is not reported again', () => {
  expect(setUp([done()])([done()])).toEqual([]);
});
