import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createDutyWorker } from '../../../agent/duties/worker.ts';
import { createRetrier } from '../../../agent/link/retry.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { Duty, DutyEnd } from '../../../shared/protocol/duty.ts';
import { fakeHost } from '../fake-host.ts';

const duty = (id: string): Duty => ({ id, type: 'delete-join-credential', tokenId: 'abcdef' });
const settle = async () => {
  for (let i = 0; i < 20; i += 1) await turn();
};

function setUp(perform: (duty: Duty, signal: AbortSignal) => Promise<DutyEnd>, dutyResult = async () => undefined) {
  const host = fakeHost();
  const told: string[] = [];
  const done: string[] = [];
  const worker = createDutyWorker({
    host,
    perform,
    client: {
      async dutyResult(id, result) {
        await dutyResult();
        told.push(`${id} ${result.outcome}`);
      },
    },
    untilDone: createRetrier({ sleep: host.sleep, log: silentLogger() }),
    log: silentLogger(),
    onDone: ({ id }) => done.push(id),
  });
  return { worker, told, done };
}

describe('the duty worker', () => {
  test('performs each duty once, however often it is requested', async () => {
    const performed: string[] = [];
    const { worker, told, done } = setUp(async ({ id }) => {
      performed.push(id);
      return { outcome: 'done' };
    });
    worker.want([duty('a'), duty('b')]);
    worker.want([duty('a'), duty('b')]);
    await settle();
    worker.want([duty('a'), duty('b')]);
    await settle();
    expect(performed).toEqual(['a', 'b']);
    expect(told).toEqual(['a done', 'b done']);
    expect(done).toEqual(['a', 'b']);
  });

  test('does not let a slow duty delay another', async () => {
    const { worker, told } = setUp(({ id }) =>
      id === 'slow' ? new Promise(() => undefined) : Promise.resolve({ outcome: 'done' }),
    );
    worker.want([duty('slow'), duty('quick')]);
    await settle();
    expect(told).toEqual(['quick done']);
  });

  test('reports a failure, and retries while the duty is requested', async () => {
    let times = 0;
    const { worker, told } = setUp(async () => {
      times += 1;
      if (times === 1) throw new Error('API server away');
      return { outcome: 'done' };
    });
    worker.want([duty('a')]);
    await settle();
    expect(told).toEqual(['a failed', 'a done']);
  });

  test('drops a duty that is no longer requested, and reports nothing about it', async () => {
    const seen: AbortSignal[] = [];
    const { worker, told } = setUp(async (_, signal) => {
      seen.push(signal);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return { outcome: 'failed', message: { en: 'aborted', zh: 'aborted' } };
    });
    worker.want([duty('a')]);
    await settle();
    worker.want([]);
    await settle();
    expect(seen[0]?.aborted).toBe(true);
    expect(told).toEqual([]);
  });

  test('performs a duty again that is requested again before its aborted run has ended', async () => {
    const ends: (() => void)[] = [];
    const { worker, told } = setUp(async (_, signal) => {
      await new Promise<void>((resolve) => ends.push(resolve));
      return signal.aborted ? { outcome: 'failed', message: { en: 'aborted', zh: 'aborted' } } : { outcome: 'done' };
    });
    worker.want([duty('a')]);
    worker.want([]);
    worker.want([duty('a')]);
    for (let run = 0; run < 2; run += 1) {
      ends[run]?.();
      await settle();
    }
    expect([ends.length, told]).toEqual([2, ['a done']]);
  });

  test('repeats a result until it is acknowledged, without performing the duty again', async () => {
    let performed = 0;
    let lost = 2;
    const { worker, told } = setUp(
      async () => {
        performed += 1;
        return { outcome: 'done', token: 'abcdef.0123456789abcdef' };
      },
      async () => {
        lost -= 1;
        if (lost >= 0) throw new MusterError('unreachable', { url: 'https://192.0.2.1:7443', reason: 'timeout' });
      },
    );
    worker.want([duty('a')]);
    await settle();
    expect(told).toEqual(['a done']);
    expect(performed).toBe(1);
  });
});
