import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';

/**
 * Returns a function that sets the value that is wanted now; undefined: nothing. `work` runs in the background, one run
 * at a time: a run for a value that is no longer wanted is aborted, and the newest one follows it. Errors are logged
 * unless the run was aborted.
 */
export function newestWanted<T>(
  what: string,
  work: (value: T, signal: AbortSignal) => Promise<void>,
  { log, signal }: { log: Logger; signal: AbortSignal },
) {
  let wanted: T | undefined;
  let run: { value: T; end: AbortController } | null = null;

  function start(value: T): void {
    const end = new AbortController();
    const ends = AbortSignal.any([signal, end.signal]);
    run = { value, end };
    work(value, ends)
      .catch((error) => {
        if (!ends.aborted) log.error(`${what}: ${messageOf(error)}`);
      })
      .finally(() => {
        run = null;
        // The coordinator does not send the same target twice.
        if (end.signal.aborted && wanted !== undefined) start(wanted);
      });
  }

  return (value: T | undefined): void => {
    wanted = value;
    if (run === null && value !== undefined) start(value);
    else if (run !== null && !isDeepStrictEqual(value, run.value)) run.end.abort();
  };
}
