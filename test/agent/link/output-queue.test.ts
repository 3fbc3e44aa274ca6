import { describe, expect, test } from 'vitest';
import { createOutputQueue } from '../../../agent/link/output-queue.ts';

const line = (text: string) => ({ step: 'packages' as const, at: '2026-01-01T00:00:00.000Z', text });
const filled = (count: number, text = (index: number) => `line ${index}`) => {
  const queue = createOutputQueue();
  for (let index = 0; index < count; index += 1) queue.add(line(text(index)));
  return queue;
};
const texts = (queue: ReturnType<typeof createOutputQueue>) => queue.batch().map(({ text }) => text);

describe('the output queue', () => {
  test('keeps a batch until it is confirmed', () => {
    const queue = filled(2);
    expect(texts(queue)).toEqual(['line 0', 'line 1']);
    expect(texts(queue)).toEqual(['line 0', 'line 1']);
    queue.confirm();
    expect(queue.isEmpty()).toBe(true);
  });

  test('keeps what was added after the batch was taken', () => {
    const queue = filled(1);
    queue.batch();
    queue.add(line('later'));
    queue.confirm();
    expect(texts(queue)).toEqual(['later']);
  });

  test('limits a batch by lines and by characters', () => {
    const queue = filled(700);
    expect(queue.isFull()).toBe(true);
    expect(texts(queue)).toHaveLength(300);
    expect(texts(filled(300, () => 'x'.repeat(2000)))).toHaveLength(100);
  });

  test('truncates long lines and removes control characters', () => {
    expect(texts(filled(1, () => `${'x'.repeat(5000)}`))[0]).toHaveLength(2000);
    expect(texts(filled(1, () => 'a\u001b[31mb'))[0]).not.toContain('\u001b');
  });

  test('drops the oldest lines when full, and reports their number until that is confirmed', () => {
    const queue = filled(2005);
    const first = queue.batch();
    expect(first).toHaveLength(301);
    expect(first[0]?.text).toContain('5');
    expect(first[1]?.text).toBe('line 5');
    queue.confirm();
    expect(texts(queue)[0]).toBe('line 305');
  });

  test('does not count lines in transit as dropped', () => {
    const queue = filled(2000);
    queue.batch();
    for (let index = 0; index < 300; index += 1) queue.add(line('more'));
    queue.confirm();
    expect(texts(queue)[0]).toBe('line 300');
  });
});
