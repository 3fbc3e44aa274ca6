import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneAtATime } from '../../../agent/loop/once.ts';
import { type Logger, silentLogger } from '../../../shared/logger.ts';

function setUp() {
  const errors: string[] = [];
  const log = Object.assign(Object.create(silentLogger()), { error: (line: string) => errors.push(line) }) as Logger;
  const controller = new AbortController();
  return { errors, controller, options: { log, signal: controller.signal } };
}

test('requests during a run are skipped, and accepted again after it', async () => {
  const { options } = setUp();
  const began: number[] = [];
  let end = () => {};
  const start = oneAtATime<number>(
    'work',
    (value) => {
      began.push(value);
      return new Promise((resolve) => {
        end = resolve;
      });
    },
    options,
  );
  start(1);
  start(2);
  expect(began).toEqual([1]);
  end();
  await turn();
  start(3);
  expect(began).toEqual([1, 3]);
});

test('a failure is logged and does not block the next run; stopping the agent is not a failure', async () => {
  const { options, errors, controller } = setUp();
  const start = oneAtATime<string>('work', (value) => Promise.reject(new Error(value)), options);
  start('broken');
  await turn();
  expect(errors).toHaveLength(1);
  controller.abort();
  start('stopped');
  await turn();
  expect(errors).toHaveLength(1);
});
