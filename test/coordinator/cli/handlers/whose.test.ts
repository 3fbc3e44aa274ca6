import { expect, it } from 'vitest';
import { createPlace } from '../../../../coordinator/cli/handlers/whose.ts';

const entry = (seq: number, second: number) => ({
  seq,
  at: `2026-11-30T08:00:${String(second).padStart(2, '0')}.000Z`,
});

it('continues by number while the same coordinator answers, and by time after a takeover', () => {
  let by = 'master01';
  const place = createPlace({ answeredBy: () => by });
  const asked = (...entries: ReturnType<typeof entry>[]) => {
    if (place.hasMoved()) {
      place.restart();
      return 'again';
    }
    const fresh = entries.filter(place.isNew).map(({ seq }) => seq);
    place.read(entries);
    return fresh;
  };
  expect(asked(entry(70, 1), entry(71, 2))).toEqual([70, 71]);
  expect(place.after()).toBe(71);
  expect(asked(entry(72, 2))).toEqual([72]);
  by = 'master02';
  expect(asked()).toBe('again');
  expect([place.after(), place.newest()]).toEqual([undefined, entry(0, 2).at]);
  expect(asked(entry(3, 1), entry(4, 5))).toEqual([4]);
  expect(asked(entry(5, 5))).toEqual([5]);
});
