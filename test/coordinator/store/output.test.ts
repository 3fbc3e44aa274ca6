import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import { outputStore } from '../../../coordinator/store/output.ts';

let output: ReturnType<typeof outputStore>;
beforeEach(() => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE output (id INTEGER PRIMARY KEY AUTOINCREMENT, host TEXT, line_count INTEGER, json TEXT)');
  output = outputStore(db);
});

const report = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    at: '2026-01-01T00:00:00Z',
    step: 'packages',
    text: `${first + index}`,
  }));
const texts = ({ lines }: { lines: { text: string }[] }) => lines.map(({ text }) => text);

test('returns the lines of one host in order of arrival', () => {
  output.append('node01', report(0, 3));
  output.append('node02', report(100, 1));
  output.append('node01', report(3, 2));
  expect(texts(output.after('node01', 0))).toEqual(['0', '1', '2', '3', '4']);
});

test('returns what follows a line, also from the middle of a report', () => {
  output.append('node01', report(0, 3));
  output.append('node01', report(3, 2));
  const second = output.after('node01', 0).lines[1]?.seq ?? 0;
  expect(texts(output.after('node01', second))).toEqual(['2', '3', '4']);
});

test('the newest lines are the tail', () => {
  output.append('node01', report(0, 3));
  output.append('node01', report(3, 2));
  expect(texts(output.tail('node01', 3))).toEqual(['2', '3', '4']);
  expect(texts(output.tail('node02', 3))).toEqual([]);
});

test('keeps about 5,000 lines of a host', () => {
  for (let first = 0; first < 9000; first += 500) output.append('node01', report(first, 500));
  const kept = texts(output.tail('node01', 10_000));
  expect(kept.length).toBeGreaterThanOrEqual(5000);
  expect(kept.length).toBeLessThan(6500);
  expect(kept.at(-1)).toBe('8999');
});
