import { InvalidArgumentError } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { moment } from '../../../../coordinator/cli/terminal/moment.ts';

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-03-04T12:00:00Z') }));
afterEach(() => vi.useRealTimers());

test.each([
  ['90s', '2026-03-04T11:58:30.000Z'],
  ['30m', '2026-03-04T11:30:00.000Z'],
  ['1h', '2026-03-04T11:00:00.000Z'],
  ['2d', '2026-03-02T12:00:00.000Z'],
  ['2026-03-04T13:00:00+08:00', '2026-03-04T05:00:00.000Z'],
])('%s is %s', (text, expected) => expect(moment(text)).toBe(expected));

test.each(['', 'yesterday', '5x', '-1h', '1.5h'])('%j is not a time', (text) => {
  expect(() => moment(text)).toThrow(InvalidArgumentError);
});
