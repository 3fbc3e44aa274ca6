import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRetrier } from '../../../agent/link/retry.ts';
import { newestWanted } from '../../../agent/loop/newest.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import { type Logger, silentLogger } from '../../../shared/logger.ts';

/** Runs that end when the test says so, or when they are aborted; `began` and `running` list their values. */
function setUp() {
  const errors: string[] = [];
  const log = Object.assign(Object.create(silentLogger()), { error: (line: string) => errors.push(line) }) as Logger;
  const stop = new AbortController();
  const began: string[] = [];
  const running = new Map<string, PromiseWithResolvers<void>>();
  const want = newestWanted<string>(
    'work',
    async (value, signal) => {
      began.push(value);
      const run = Promise.withResolvers<void>();
      running.set(value, run);
      signal.addEventListener('abort', () => run.reject(signal.reason), { once: true });
      await run.promise.finally(() => running.delete(value));
    },
    { log, signal: stop.signal },
  );
  return { errors, stop, began, running, want };
}

test('another value that arrives during a run ends it and is worked on next', async () => {
  const { want, began, errors } = setUp();
  want('old');
  want('old');
  want('newer');
  want('newest');
  await turn();
  expect(began).toEqual(['old', 'newest']);
  expect(errors).toEqual([]);
});

test('nothing wanted ends a run, and the same value wanted again starts it again', async () => {
  const { want, began, running } = setUp();
  want('this');
  want(undefined);
  await turn();
  expect([...running.keys()]).toEqual([]);
  want('this');
  want(undefined);
  want('this');
  await turn();
  expect(began).toEqual(['this', 'this', 'this']);
  running.get('this')?.resolve();
  await turn();
  want('this');
  expect(began).toHaveLength(4);
});

test('a failure is logged and does not block the next run; stopping the agent is not a failure', async () => {
  const { want, errors, running, stop, began } = setUp();
  want('broken');
  running.get('broken')?.reject(new Error('broken'));
  await turn();
  expect(errors).toHaveLength(1);
  want('stopped');
  stop.abort();
  await turn();
  expect(errors).toHaveLength(1);
  expect(began).toEqual(['broken', 'stopped']);
});

test('a request that is refused permanently does not hold up the next one', async () => {
  const { signal } = new AbortController();
  const log = silentLogger();
  const kept: string[] = [];
  const sleep = (_ms: number, end?: AbortSignal) =>
    new Promise<void>((resolve) => end?.addEventListener('abort', () => resolve(), { once: true }));
  const untilDone = createRetrier({ sleep, log });
  const want = newestWanted<string>(
    'store a copy',
    (name, end) =>
      untilDone(
        'store a copy',
        async () => {
          if (name === 'gone') throw new MusterError('copy-unknown');
          kept.push(name);
        },
        end,
      ),
    { log, signal },
  );
  want('gone');
  await turn();
  want('there');
  await expect.poll(() => kept).toEqual(['there']);
});
