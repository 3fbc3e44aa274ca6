import { describe, expect, test } from 'vitest';
import { createRetrier, isTemporary, retryAfter, retryDelay, retryFor } from '../../../agent/link/retry.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import { type Logger, silentLogger } from '../../../shared/logger.ts';
import { verbatim } from '../../../shared/text/local-text.ts';

const withStatus = (status: number, retryAfter?: number) =>
  new MusterError(
    { code: 'x', params: {}, message: verbatim('no') },
    {},
    { status, ...(retryAfter === undefined ? {} : { retryAfter }) },
  );

describe('retryDelay', () => {
  test('is never shorter than Retry-After', () => {
    for (const random of [0, 0.5, 0.999]) {
      const delay = retryDelay(withStatus(503, 20), 0, () => random);
      expect(delay).toBeGreaterThanOrEqual(20_000);
      expect(delay).toBeLessThanOrEqual(25_000);
    }
  });

  test('grows with jitter up to 30 s while the coordinator is unavailable', () => {
    expect(retryDelay(withStatus(503), 0, () => 1)).toBe(500);
    expect(retryDelay(withStatus(503), 3, () => 1)).toBe(4000);
    expect(retryDelay(withStatus(503), 3, () => 0)).toBe(2000);
    expect(retryDelay(withStatus(503), 99, () => 1)).toBe(30_000);
  });

  test.each([400, 401, 403, 410, 422, 495])('is long but bounded for %i, which needs an operator', (status) => {
    expect(isTemporary(withStatus(status))).toBe(false);
    const delays = [0, 1, 50].map((attempt) => retryDelay(withStatus(status), attempt));
    for (const delay of delays) expect(delay).toBeGreaterThanOrEqual(15_000);
    for (const delay of delays) expect(delay).toBeLessThanOrEqual(60_000);
  });
});

describe('the retrier', () => {
  function setUp() {
    const slept: number[] = [];
    const logged: string[] = [];
    const log: Logger = Object.assign(silentLogger(), {
      error: (message: string) => logged.push(`error ${message}`),
      warn: (message: string) => logged.push(`warn ${message}`),
    });
    const untilDone = createRetrier({ sleep: async (ms) => void slept.push(ms), log });
    return { untilDone, slept, logged };
  }

  test('retries until the request succeeds, and logs once that the coordinator is unavailable', async () => {
    const { untilDone, slept, logged } = setUp();
    let left = 3;
    const result = await untilDone(
      'try',
      async () => {
        left -= 1;
        if (left > 0) throw withStatus(503, 2);
        return 'here';
      },
      new AbortController().signal,
    );
    expect(result).toBe('here');
    expect(slept).toHaveLength(2);
    for (const ms of slept) expect(ms).toBeGreaterThanOrEqual(2000);
    expect(logged).toEqual(['warn no']);
  });

  test('logs a refusal each time, and retries it', async () => {
    const { untilDone, logged } = setUp();
    let left = 3;
    await untilDone(
      'try',
      async () => {
        left -= 1;
        if (left > 0) throw withStatus(403);
      },
      new AbortController().signal,
    );
    expect(logged).toEqual(['error no', 'error no']);
  });

  test('returns the result of a request that succeeds in the moment in which the signal fires', async () => {
    const { untilDone } = setUp();
    const controller = new AbortController();
    const work = async () => {
      controller.abort();
      return 'minted';
    };
    expect(await untilDone('try', work, controller.signal)).toBe('minted');
  });

  test('stops when its signal fires', async () => {
    const { untilDone } = setUp();
    const controller = new AbortController();
    const work = untilDone(
      'try',
      async () => {
        controller.abort(new Error('stop'));
        throw withStatus(503);
      },
      controller.signal,
    );
    await expect(work).rejects.toThrow('stop');
  });

  test('does not retry a bug', async () => {
    const { untilDone } = setUp();
    await expect(
      untilDone('try', () => Promise.reject(new TypeError('bug')), new AbortController().signal),
    ).rejects.toThrow('bug');
  });
});

describe('retryFor', () => {
  test('retries a temporary failure, and returns the result', async () => {
    let left = 1;
    const work = async () => {
      left -= 1;
      if (left === 0) throw withStatus(503);
      return 'here';
    };
    expect(await retryFor(5000, work)).toBe('here');
  });

  test('throws the last temporary failure when the next attempt would start too late', async () => {
    let attempts = 0;
    const work = async () => {
      attempts += 1;
      throw withStatus(503, 60);
    };
    await expect(retryFor(1000, work)).rejects.toMatchObject({ status: 503 });
    expect(attempts).toBe(1);
  });

  test('throws a refusal at once', async () => {
    let attempts = 0;
    const work = async () => {
      attempts += 1;
      throw withStatus(403);
    };
    await expect(retryFor(5000, work)).rejects.toMatchObject({ status: 403 });
    expect(attempts).toBe(1);
  });

  test('gives a coordinator that answers that it is busy more time than one that does not answer', async () => {
    const attempts = async (error: MusterError) => {
      let count = 0;
      const failing = async () => {
        count += 1;
        throw error;
      };
      await expect(retryFor(200, failing)).rejects.toBe(error);
      return count;
    };
    const unreachable = new MusterError('unreachable', { url: 'u', reason: 'r' });
    const [gone, busy] = await Promise.all([attempts(unreachable), attempts(withStatus(503))]);
    expect(busy).toBeGreaterThan(gone);
  });
});

describe('retryAfter', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  test.each([
    ['7', 7000],
    ['99999999999', 300_000],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 300_000],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['soon', null],
    [undefined, null],
  ])('reads %s', (header, ms) => {
    expect(retryAfter(header, now)).toBe(ms);
  });
});
