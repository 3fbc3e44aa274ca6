import { expect, test } from 'vitest';
import { clip, widthOf } from '../../../../coordinator/cli/terminal/width.ts';

test.each([
  ['node01', 6],
  ['节点', 4],
  ['\u001b[31mred\u001b[0m', 3],
  ['e\u0301', 1],
])('%j is %i columns wide', (text, columns) => expect(widthOf(text)).toBe(columns));

test('a text is truncated to the available columns, never inside a character', () => {
  expect(clip('node01', 6)).toBe('node01');
  expect(clip('node01', 5)).toBe('node…');
  expect(clip('节点就绪', 4)).toBe('节…');
  expect(widthOf(clip('节点就绪', 6))).toBeLessThanOrEqual(6);
});
