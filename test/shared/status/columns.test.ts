import { expect, test } from 'vitest';
import { columns, tables } from '../../../shared/status/columns.ts';
import { rowOf } from '../../../shared/status/row.ts';
import { now, sampleStatus } from '../../coordinator/web/sample.ts';

const texts = (host: number, table: keyof typeof tables) => {
  const status = sampleStatus().hosts[host];
  if (status === undefined) throw new Error('the sample has changed');
  return tables[table].map((id) => columns[id].text(rowOf(status), Date.parse(now)).en);
};

test('a working host shows its step and the duration', () => {
  expect(texts(1, 'status').slice(0, 5)).toEqual(['node01', 'worker', 'preparing', '2 s ago', '8/15']);
  expect(texts(1, 'status')[5]).toMatch(/, 48 s$/);
});

test('a Ready host and a silent one show no step', () => {
  expect(texts(0, 'status')[5]).toBe('');
  expect(texts(3, 'status')[5]).toBe('');
});

test('the table of machines shows the versions of a node', () => {
  expect(texts(0, 'hosts')).toEqual(expect.arrayContaining(['v1.23.0', 'docker://20.10.24']));
  expect(texts(1, 'hosts')).toContain('-');
});
