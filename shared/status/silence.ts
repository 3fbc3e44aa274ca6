import type { HostStatus } from '../protocol/status.ts';

/** Milliseconds without contact after which a host counts as silent: twice the longest pause of a healthy agent. */
export const silentAfterMs = 90_000;

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
