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

test('what is asked for while the work goes on is left out, and after it the work begins again', async () => {
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

test('a failure is logged and does not keep the next from beginning; the end of the agent is none', async () => {
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
