import type { HostStatus } from '../protocol/status.ts';

/** Milliseconds without contact after which a host counts as silent: twice the longest pause of a healthy agent. */
export const silentAfterMs = 90_000;

type Hold = HostStatus['hold'];

/** A host that has left the cluster, or is leaving it, is not expected to report. */
export function isLeaving(hold: Hold): boolean {
  return hold?.kind === 'retired' || hold?.kind === 'leaving';
}

/**
 * Whether the host should have been in contact and was not.
 *
 * @param lastContact milliseconds since the epoch, as `now`; null: it never enrolled
 */
export function isSilent(hold: Hold, lastContact: number | null, now: number, after = silentAfterMs): boolean {
  return lastContact !== null && !isLeaving(hold) && now - lastContact > after;
}
