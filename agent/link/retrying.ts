import type { MusterError } from '../../shared/errors/errors.ts';
import { backoff } from '../../shared/retry.ts';

const passing = new Set([429, 502, 503, 504]);

/** May the same request succeed later, with nobody doing anything? */
export const isPassing = (error: MusterError): boolean => passing.has(error.status);

/** A refusal can still end, as when the operator lets the host in again: so it is asked once a minute or so. */
const slow = { base: 30_000, cap: 60_000 };

/** How long to wait before the same request is sent again, in ms. `attempt` counts from 0. */
export function retryDelay(error: MusterError, attempt: number, random: () => number = Math.random): number {
  if (!isPassing(error)) return backoff(attempt, { ...slow, random });
  const asked = (error.retryAfter ?? 0) * 1000;
  // Jitter on top of what was asked for: never earlier, and not all hosts at one moment.
  return asked > 0 ? Math.round(asked * (1 + random() / 4)) : backoff(attempt, { random });
}
