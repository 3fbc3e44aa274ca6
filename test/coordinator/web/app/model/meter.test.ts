import { expect, test } from 'vitest';
import { meter } from '../../../../../coordinator/web/app/model/meter.ts';
import { phases } from '../../../../../shared/protocol/status.ts';

const of = (...names: (typeof phases)[number][]) => meter(names.map((phase) => ({ phase })));

test('the bar counts every host except the retired ones', () => {
  const total = of(...phases).reduce((sum, { count }) => sum + count, 0);
  expect(total).toBe(phases.length - 1);
});

test('paused and unplanned hosts share a segment, and a retired one has none', () => {
  expect(of('ready', 'paused', 'unplanned', 'retired')).toEqual([
    { tone: 'good', count: 1 },
    { tone: 'warn', count: 2 },
  ]);
});
