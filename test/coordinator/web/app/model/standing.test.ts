import { expect, test } from 'vitest';
import { countPhases, rowNow } from '../../../../../coordinator/web/app/model/standing.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';

const row = (more: Partial<HostRow> = {}) =>
  ({ name: 'node01', phase: 'ready', hold: null, lastContactAt: '2026-01-01T00:00:00Z', ...more }) as HostRow;
const at = (seconds: number) => Date.parse('2026-01-01T00:00:00Z') + seconds * 1000;

test('a host without contact for long enough is silent, whatever it last reported', () => {
  expect(rowNow(row(), at(30), 90_000).phase).toBe('ready');
  expect(rowNow(row(), at(100), 90_000).phase).toBe('silent');
});

test('a host that was never seen is not silent', () => {
  expect(rowNow(row({ phase: 'planned', lastContactAt: null }), at(1000), 90_000).phase).toBe('planned');
});

test('hosts are counted by phase', () => {
  const counts = countPhases([row(), row(), row({ phase: 'failed' })]);
  expect([...counts]).toEqual([
    ['ready', 2],
    ['failed', 1],
  ]);
});
