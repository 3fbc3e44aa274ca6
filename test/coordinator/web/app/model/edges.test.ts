import { expect, test } from 'vitest';
import { edgesOf, rowsBetween } from '../../../../../coordinator/web/app/model/edges.ts';

const edges = edgesOf([46, 60, 60, 46, 60]);

test('edges are the tops of the rows and the end of the list', () => {
  expect(edges).toEqual([0, 46, 106, 166, 212, 272]);
});

test.each([
  ['at the top', 0, 100, { first: 0, end: 2 }],
  ['in the middle', 110, 170, { first: 2, end: 4 }],
  ['above the list', -500, -100, { first: 0, end: 0 }],
  ['below the list', 300, 900, { first: 5, end: 5 }],
])('%s, the rows on the screen', (_place, from, to, rows) => {
  expect(rowsBetween(edges, from, to, 0)).toEqual(rows);
});

test('further rows on both sides stay within the list', () => {
  expect(rowsBetween(edges, 110, 170, 8)).toEqual({ first: 0, end: 5 });
});
