import { expect, it } from 'vitest';
import { createQuota } from '../../../coordinator/store/quota.ts';

const times = (quota: ReturnType<typeof createQuota>, key: string, at: number, count: number) =>
  Array.from({ length: count }, () => quota.take(key, at)).filter(Boolean).length;

it('counts what costs more as that many', () => {
  const quota = createQuota({ burst: 10, refillMs: 1000 });
  expect([quota.take('a', 0, 8), quota.take('a', 0, 4), quota.take('a', 0, 2)]).toEqual([true, false, true]);
  expect([quota.take('a', 3000, 4), quota.take('a', 3000, 3)]).toEqual([false, true]);
});

it('allows a burst per key, then one per refill', () => {
  const quota = createQuota({ burst: 3, refillMs: 1000 });
  expect(times(quota, 'a', 0, 10)).toBe(3);
  expect(times(quota, 'b', 0, 10)).toBe(3);
  expect(times(quota, 'a', 999, 10)).toBe(0);
  expect(times(quota, 'a', 2000, 10)).toBe(2);
  expect(times(quota, 'a', 1_000_000, 10)).toBe(3);
});
