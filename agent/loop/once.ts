import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';

/**
 * Returns a function that runs `work` in the background and ignores calls while it runs. Errors are logged unless the
 * agent is stopping.
 */
export function oneAtATime<T>(
  what: string,
  work: (value: T) => Promise<void>,
  { log, signal }: { log: Logger; signal: AbortSignal },
) {
  let busy = false;
  return (value: T): void => {
    if (busy) return;
    busy = true;
    work(value)
      .catch((error) => {
        if (!signal.aborted) log.error(`${what}: ${messageOf(error)}`);
      })
      .finally(() => {
        busy = false;
      });
  };
}
