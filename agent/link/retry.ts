import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Host } from '../host/host.ts';

/** 421: a standby, while no coordinator is active. */
const temporary = new Set([421, 429, 502, 503, 504]);

/** Whether the same request can succeed later without a change. */
export const isTemporary = (error: MusterError): boolean => temporary.has(error.status);

/** A refusal is retried about once a minute, because an operator may still accept the host. */
const slow = { base: 30_000, cap: 60_000 };

/** Exponential backoff with jitter, in ms: 50 to 100 % of min(cap, base * 2^attempt). `attempt` counts from 0. */
export function backoff(attempt: number, { base = 500, cap = 30_000, random = Math.random } = {}): number {
  const ceiling = Math.min(cap, base * 2 ** Math.min(attempt, 20));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

/** No coordinator puts an agent to sleep for longer, in ms: another one may have taken its place. */
const longestPause = 5 * 60_000;

/** A Retry-After header in ms from `now`, at most five minutes; null: absent or invalid. */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const asked = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(asked) ? null : Math.min(longestPause, Math.max(0, asked));
}

/** Delay before the same request is sent again, in ms. `attempt` counts from 0. */
export function retryDelay(error: MusterError, attempt: number, random: () => number = Math.random): number {
  if (!isTemporary(error)) return backoff(attempt, { ...slow, random });
  const asked = (error.retryAfter ?? 0) * 1000;
  // Never before Retry-After; jitter prevents all hosts from returning at once.
  return asked > 0 ? Math.round(asked * (1 + random() / 4)) : backoff(attempt, { random });
}

/**
 * p-retry repeats the work; delays come from `retryDelay`, because p-retry does not support Retry-After. It gets no
 * signal, because it would throw away the result of a request that succeeded in the moment in which the signal fired.
 */
const repeat = <T>(
  work: () => Promise<T>,
  onFailedAttempt: (failed: { error: Error; attemptNumber: number }) => Promise<void>,
): Promise<T> => pRetry(work, { retries: Infinity, minTimeout: 0, onFailedAttempt });

/** A coordinator that answers "later" is given this many times the patience for one that does not answer. */
const busyFactor = 10;

/**
 * Retries temporary failures for up to `patience` ms in total, ten times as long if the coordinator answers that it is
 * busy; then throws the last error.
 */
export function retryFor<T>(patience: number, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  return repeat(work, async ({ error, attemptNumber }) => {
    if (!(error instanceof MusterError) || !isTemporary(error)) throw error;
    const wait = retryDelay(error, attemptNumber - 1);
    const most = patience * (error.code === 'unreachable' ? 1 : busyFactor);
    if (performance.now() + wait - began > most) throw error;
    await sleep(wait);
  });
}

interface Means {
  sleep: Host['sleep'];
  log: Logger;
}

/**
 * Retries a request until it succeeds or the signal fires (then throws the signal's reason). Refusals are logged as
 * errors with their remedy each time; temporary failures as one warning. Errors other than MusterError are bugs and are
 * thrown.
 */
export function createRetrier({ sleep, log }: Means) {
  return async function untilDone<T>(what: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return repeat(work, async ({ error, attemptNumber }) => {
      signal.throwIfAborted();
      if (!(error instanceof MusterError)) throw error;
      const wait = retryDelay(error, attemptNumber - 1);
      const about = { what, code: error.code, remedy: error.remedy?.en, retryInSeconds: Math.round(wait / 1000) };
      if (!isTemporary(error)) log.error(error.message, about);
      else if (attemptNumber === 1) log.warn(error.message, about);
      await sleep(wait, signal);
      signal.throwIfAborted();
    });
  };
}
export type Retrier = ReturnType<typeof createRetrier>;
