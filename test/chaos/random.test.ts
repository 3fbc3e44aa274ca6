import { expect, it } from 'vitest';
import { choose, seededRandom } from './random.ts';

const first = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));

it('the same seed gives the same numbers, and another seed others', () => {
  expect(first(7)).toEqual(first(7));
  expect(first(7)).not.toEqual(first(8));
  expect(first(7).every((value) => value >= 0 && value < 1)).toBe(true);
});

it('what has three times the weight is chosen about three times as often', () => {
  const random = seededRandom(1);
  const items = [
    { id: 'often', weight: 3 },
    { id: 'rare', weight: 1 },
  ];
  const often = Array.from({ length: 4000 }, () => choose(items, random)).filter(({ id }) => id === 'often').length;
  expect(often / 4000).toBeCloseTo(0.75, 1);
});
