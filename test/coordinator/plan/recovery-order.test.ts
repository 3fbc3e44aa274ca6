import { expect, it } from 'vitest';
import { nextOrderId } from '../../../coordinator/plan/recovery-order.ts';

const now = new Date('2026-11-30T01:00:00.500Z');
const knowing = (id?: string) => {
  const order = JSON.stringify({ id, host: 'master01', from: 'member', isDone: true });
  return { settings: { get: () => (id === undefined ? null : order), set: () => undefined } } as unknown as Parameters<
    typeof nextOrderId
  >[0];
};

it.each([
  ['the time', undefined, '20261130T010000Z'],
  ['the time, after an earlier order', '20261129T235959Z', '20261130T010000Z'],
  ['later than an order of the same second', '20261130T010000Z', '20261130T010001Z'],
  ['later than an order of a clock that was 40 years ahead', '20661231T235959Z', '20670101T000000Z'],
])('the id of an order is %s', { timeout: 1000 }, (_, last, next) => {
  expect(nextOrderId(knowing(last), now)).toBe(next);
});
