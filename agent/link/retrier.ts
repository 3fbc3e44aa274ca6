import { MusterError } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Host } from '../host/host.ts';
import { isPassing, retryDelay } from './retrying.ts';

interface Means {
  sleep: Host['sleep'];
  log: Logger;
}

/**
 * Repeats a request until it succeeds or the signal fires (then it throws the signal's reason). What can't pass by itself is logged
 * as an error with its remedy each time, what can as one warning.
 */
export function createRetrier({ sleep, log }: Means) {
  return async function untilDone<T>(what: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof MusterError)) throw error;
        const seconds = retryDelay(error, attempt) / 1000;
        const about = { what, code: error.code, remedy: error.remedy, retryInSeconds: Math.round(seconds) };
        if (!isPassing(error)) log.error(error.message, about);
        else if (attempt === 0) log.warn(error.message, about);
        await sleep(seconds * 1000, signal);
        signal.throwIfAborted();
      }
    }
  };
}
export type Retrier = ReturnType<typeof createRetrier>;
