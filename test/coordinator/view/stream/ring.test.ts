import { expect, test } from 'vitest';
import { createRing } from '../../../../coordinator/view/stream/ring.ts';

function ring(capacity: number, count: number) {
  const made = createRing(capacity);
  for (let seq = 1; seq <= count; seq += 1) made.push({ seq, text: `<${seq}>` });
  return made;
}

const texts = (events: readonly { text: string }[] | null) => events?.map(({ text }) => text).join('');

test('returns what a reader missed, in order, and nothing to one that is current', () => {
  expect(texts(ring(100, 4).after(2, 4))).toBe('<3><4>');
  expect(texts(ring(100, 4).after(4, 4))).toBe('');
});

test('reports a gap: entries were dropped, or the number is from another ring', () => {
  const small = ring(6, 4);
  expect(texts(small.after(2, 4))).toBe('<3><4>');
  expect(small.after(1, 4)).toBeNull();
  expect(small.after(5, 4)).toBeNull();
  expect(createRing(10).after(0, 3)).toBeNull();
});
