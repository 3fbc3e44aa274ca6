import { pollSeconds } from '../protocol/polling.ts';
import type { HostStatus } from '../protocol/status.ts';

/**
 * Milliseconds without contact after which a host counts as silent: a healthy agent makes contact at least once in each
 * long poll, and has time for a second attempt.
 */
export const silentAfterMs = pollSeconds * 1000 + 40_000;

type Hold = HostStatus['hold'];

/** Whether a host has left or is leaving the cluster, and is not expected to report. */
export function isLeaving(hold: Hold): boolean {
  return hold?.kind === 'retired' || hold?.kind === 'leaving';
}

/**
 * Whether an expected contact is overdue.
 *
 * @param lastContact milliseconds since the epoch, like `now`; null: never enrolled
 */
export function isSilent(hold: Hold, lastContact: number | null, now: number, after = silentAfterMs): boolean {
  return lastContact !== null && !isLeaving(hold) && now - lastContact > after;
}
