import { expect, test } from 'vitest';
import { createLatch } from '../../../agent/loop/latch.ts';

/** Whether the promise is settled after this turn of the event loop. */
const isSettled = (promise: Promise<void>) =>
  Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

test('a set latch releases current and later waiters', async () => {
  const latch = createLatch();
  const waiting = latch.wait();
  expect(await isSettled(waiting)).toBe(false);
  latch.set();
  expect(await isSettled(waiting)).toBe(true);
  expect(await isSettled(latch.wait())).toBe(true);
  expect(latch.isSet()).toBe(true);
});

test('a reset latch blocks again; resetting an unset one wakes and loses no waiter', async () => {
  const latch = createLatch();
  latch.set();
  latch.reset();
  const waiting = latch.wait();
  expect(await isSettled(waiting)).toBe(false);
  latch.reset();
  latch.set();
  expect(await isSettled(waiting)).toBe(true);
});
