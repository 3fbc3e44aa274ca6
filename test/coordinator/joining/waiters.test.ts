import { expect, test } from 'vitest';
import { createWaiters } from '../../../coordinator/joining/waiters.ts';
import { plan } from '../plans.ts';

const never = new AbortController().signal;
const minute = 60_000;

/** Whether the promise is settled after this turn of the event loop. */
const isSettled = (promise: Promise<void>) =>
  Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

test('waking a host releases its waiters only', async () => {
  const waiters = createWaiters(plan);
  const own = [waiters.wait('node01', minute, never), waiters.wait('node01', minute, never)];
  const other = waiters.wait('node02', minute, never);
  waiters.wake('node01');
  expect(await Promise.all(own.map(isSettled))).toEqual([true, true]);
  expect(await isSettled(other)).toBe(false);
  waiters.wakeAll();
  expect(await isSettled(other)).toBe(true);
});

test('a wait ends at its timeout and on its signal', async () => {
  const waiters = createWaiters(plan);
  await waiters.wait('node01', 1, never);
  const controller = new AbortController();
  const waiting = waiters.wait('node01', minute, controller.signal);
  controller.abort();
  expect(await isSettled(waiting)).toBe(true);
});

test('returns at once with no time, with an aborted signal, and after the end', async () => {
  const waiters = createWaiters(plan);
  expect(await isSettled(waiters.wait('node01', 0, never))).toBe(true);
  expect(await isSettled(waiters.wait('node01', minute, AbortSignal.abort()))).toBe(true);
  const waiting = waiters.wait('node01', minute, never);
  waiters.close();
  expect(await isSettled(waiting)).toBe(true);
  expect(await isSettled(waiters.wait('node01', minute, never))).toBe(true);
});

test('hosts that wait for the same moment are spread over a time that grows with their number', () => {
  const waiters = createWaiters(plan);
  expect(waiters.spread()).toBe(0);
  for (let at = 0; at < 1000; at += 1) void waiters.wait(`node${at}`, minute, never);
  const delays = Array.from({ length: 100 }, waiters.spread);
  expect(Math.max(...delays)).toBeGreaterThan(500);
  expect(Math.max(...delays)).toBeLessThan(1000);
  waiters.close();
});

test('changed duties wake the control planes, and no worker', async () => {
  const waiters = createWaiters(plan);
  const worker = waiters.wait('node01', minute, never);
  const controlPlane = waiters.wait('master01', minute, never);
  waiters.wakeForDuties();
  waiters.wakeForDuties();
  await controlPlane;
  expect(await isSettled(worker)).toBe(false);
  waiters.close();
});

test('all hosts are woken some at a time, a poll that has begun since is not, and none is lost', async () => {
  const waiters = createWaiters(plan);
  const polls = Array.from({ length: 120 }, (_, at) => waiters.wait(`node${at}`, minute, never));
  waiters.wakeAll();
  expect((await Promise.all(polls.map(isSettled))).filter(Boolean)).toHaveLength(50);
  waiters.wake('node119');
  const later = waiters.wait('node119', minute, never);
  await Promise.all(polls);
  expect(await isSettled(later)).toBe(false);
  waiters.wake('node119');
  expect(await isSettled(later)).toBe(true);
});

test('a second change while hosts are woken reaches the longest-waiting first, and all', async () => {
  const waiters = createWaiters(plan);
  const polls = Array.from({ length: 120 }, (_, at) => waiters.wait(`node${at}`, minute, never));
  waiters.wakeAll();
  await polls[0];
  const again = waiters.wait('node0', minute, never);
  waiters.wakeAll();
  expect((await Promise.all(polls.slice(0, 100).map(isSettled))).every(Boolean)).toBe(true);
  expect(await isSettled(again)).toBe(false);
  await Promise.all([...polls, again]);
});
