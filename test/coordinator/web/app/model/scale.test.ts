import { expect, test } from 'vitest';
import { createScale } from '../../../../../coordinator/web/app/model/scale.ts';

const minute = 60_000;

test('time without a long pause is linear, from the left edge to the right', () => {
  const { x, breaks } = createScale(
    [
      { from: 0, to: minute },
      { from: 2 * minute, to: 4 * minute },
    ],
    400,
  );
  expect([x(0), x(2 * minute), x(4 * minute)]).toEqual([0, 200, 400]);
  expect(breaks).toEqual([]);
});

test('a long pause becomes a break labelled with its length', () => {
  const { x, breaks } = createScale(
    [
      { from: 0, to: minute },
      { from: 60 * minute, to: 61 * minute },
    ],
    428,
  );
  expect(breaks).toEqual([{ x: 214, seconds: 59 * 60 }]);
  expect([x(minute), x(60 * minute), x(61 * minute)]).toEqual([200, 228, 428]);
  expect(x(30 * minute), 'a moment in the break stands at its beginning').toBe(200);
});

test('ticks are at round times, about 90 pixels apart', () => {
  const { ticks } = createScale([{ from: 5000, to: 5000 + 10 * minute }], 900);
  expect(ticks.map(({ seconds }) => seconds)).toEqual(Array.from({ length: 11 }, (_, index) => index * 60));
  expect(ticks[1]?.x).toBe(90);
});

test('no data is not an error', () => {
  expect(createScale([], 100).x(5)).toBe(0);
});
