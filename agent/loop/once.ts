import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';

/** Starts `work` beside everything else, unless it is at work already. What it throws is logged, but for the end of the agent. */
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
