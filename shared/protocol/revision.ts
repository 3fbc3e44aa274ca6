/**
 * Header with the newest revision of the coordinator's store, as NUMBER.SEAL: sent with every response to an agent and
 * returned with its requests. The coordinator's seal prevents hosts from inventing revisions.
 */
export const revisionHeader = 'muster-revision';

const pattern = /^(\d{1,15})\.[A-Za-z0-9_-]{22}$/;

/** The number of a sealed revision; null: invalid. */
export function revisionNumber(sealed: string | undefined): number | null {
  const digits = pattern.exec(sealed ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
