/**
 * Sent with every answer to an agent, and back with each of its requests: the newest revision of the coordinator's store that it has
 * seen, as NUMBER.SEAL. The seal is the coordinator's own, so that no host can claim a revision that never was.
 */
export const revisionHeader = 'muster-revision';

const pattern = /^(\d{1,15})\.[A-Za-z0-9_-]{22}$/;

/** The number of a sealed revision, or null for what is none. */
export function revisionNumber(sealed: string | undefined): number | null {
  const digits = pattern.exec(sealed ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
