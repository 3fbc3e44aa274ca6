import { expect, test } from 'vitest';
import { createSliced, inSlices } from '../../../coordinator/store/sliced.ts';

const busy = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end; );
};

test('short work is done at once', () => {
  let done = 0;
  const { start, whenIdle } = createSliced(function* () {
    yield;
    done += 1;
  });
  start();
  whenIdle(() => expect(done).toBe(1));
  expect(done).toBe(1);
});

test('long work yields to the event loop, runs once at a time, and reports its end', async () => {
  let runs = 0;
  let turns = 0;
  const { start, whenIdle } = createSliced(function* () {
    runs += 1;
    for (let part = 0; part < 30; part += 1) {
      busy(5);
      yield;
    }
  });
  start();
  start();
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  await new Promise<void>((resolve) => whenIdle(resolve));
  clearInterval(counting);
  expect(runs).toBe(1);
  expect(turns).toBeGreaterThan(2);
});

test('a result arrives after slices between which timers have their turn', async () => {
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 1);
  const result = await inSlices(
    (function* () {
      for (let i = 0; i < 20; i += 1) {
        busy(2);
        yield;
      }
      return 'done';
    })(),
    4,
  );
  clearInterval(timer);
  expect(result).toBe('done');
  expect(ticks).toBeGreaterThan(2);
});

test('an error of sliced work rejects', async () => {
  const fails = (function* () {
    yield;
    throw new Error('failed');
  })();
  await expect(inSlices(fails)).rejects.toThrow('failed');
});
