import { expect, test } from 'vitest';
import { driftEvents } from '../../../coordinator/observing/drift.ts';
import type { StepResult } from '../../../shared/protocol/report.ts';

const step = (drift?: StepResult['drift']): StepResult => ({
  id: 'swap',
  state: 'done',
  startedAt: null,
  endedAt: null,
  attempts: 1,
  message: '',
  remedy: '',
  ...(drift === undefined ? {} : { drift }),
});
const seen = { at: '2026-01-01T00:00:00.000Z', seen: 'swap is on: /swap.img', corrected: true };

test('reports a drift once, whether corrected or not', () => {
  expect(driftEvents(() => [step()], [step(seen)])).toEqual([
    {
      kind: 'drift-corrected',
      message: {
        en: expect.stringContaining(seen.seen),
        zh: expect.stringContaining(seen.seen),
      },
    },
  ]);
  expect(driftEvents(() => [step(seen)], [step(seen)])).toEqual([]);
  expect(driftEvents(() => [], [step({ ...seen, corrected: false })])).toMatchObject([{ kind: 'drift-found' }]);
  const again = { ...seen, at: '2026-01-01T00:01:00.000Z' };
  expect(driftEvents(() => [step(seen)], [step(again)])).toHaveLength(1);
});

test('a report without steps or without drift yields nothing', () => {
  expect(driftEvents(() => [step(seen)])).toEqual([]);
  expect(driftEvents(() => [step(seen)], [step()])).toEqual([]);
});
