import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import { memo } from '../../../coordinator/store/memo.ts';

let db: DatabaseSync;
let looks: number;
let ask: (key: string) => number | undefined;

beforeEach(() => {
  db = new DatabaseSync(':memory:');
  db.exec(`CREATE TABLE t (k TEXT PRIMARY KEY, v INTEGER, other INTEGER); INSERT INTO t VALUES ('a', 1, 0)`);
  looks = 0;
  ask = memo(db, {
    name: 't',
    forgottenAt: ['INSERT ON t', 'UPDATE OF v ON t', 'DELETE ON t'],
    look(key: string) {
      looks += 1;
      return db.prepare('SELECT v FROM t WHERE k = ?').get(key)?.v as number | undefined;
    },
  });
});

test('queries the database once', () => {
  expect([ask('a'), ask('a')]).toEqual([1, 1]);
  expect(looks).toBe(1);
});

test('does not cache missing rows', () => {
  expect([ask('x'), ask('x')]).toEqual([undefined, undefined]);
  expect(looks).toBe(2);
});

test.each([
  [`UPDATE t SET v = 2`, 2],
  [`INSERT OR REPLACE INTO t VALUES ('a', 3, 0)`, 3],
  [`INSERT INTO t VALUES ('a', 4, 0) ON CONFLICT DO UPDATE SET v = excluded.v`, 4],
  [`DELETE FROM t`, undefined],
])('queries again after %s, whoever made the change', (sql, value) => {
  ask('a');
  db.exec(sql);
  expect(ask('a')).toBe(value);
});

test('is not invalidated by an unrelated change', () => {
  ask('a');
  db.exec('UPDATE t SET other = 1');
  ask('a');
  expect(looks).toBe(1);
});

test('does not cache reads of a transaction that was rolled back', () => {
  ask('a');
  db.exec('BEGIN; UPDATE t SET v = 2');
  expect(ask('a')).toBe(2);
  db.exec('ROLLBACK');
  expect(ask('a')).toBe(1);
});
