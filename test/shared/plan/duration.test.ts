import { expect, test } from 'vitest';
import { readDuration } from '../../../shared/plan/duration.ts';

test.each([
  ['30m', 1_800_000],
  ['6h', 21_600_000],
  ['1d', 86_400_000],
])('%s is %i ms', (text, ms) => expect(readDuration(text)).toBe(ms));

test.each(['', '0m', '-1h', '1.5h', '5s', '10000d', '6 h'])('%j is not a duration', (text) => {
  expect(readDuration(text)).toBeNull();
});
