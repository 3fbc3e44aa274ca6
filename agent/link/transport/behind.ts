import { MusterError } from '../../../shared/errors/errors.ts';
import { revisionNumber } from '../../../shared/protocol/revision.ts';
import type { Coordinators } from '../coordinators.ts';

/** Follows which coordinators answer with an older revision than this host had seen, such as that of a backup. */
export function createBehind(coordinators: Coordinators) {
  const behind = new Set<string>();
  return {
    has: (url: string): boolean => behind.has(url),
    /** The usual one is told everything again once it has caught up. */
    note(url: string, isOlder: boolean): void {
      if (isOlder && url === coordinators.inOrder()[0]) coordinators.mayLack();
      if (isOlder) behind.add(url);
      else behind.delete(url);
    },
  };
}

/**
 * MusterError `coordinator-behind` if a coordinator that was replaced by another, or restored from a backup, has a lower
 * revision than this host presented; otherwise null.
 */
export function olderThan(presented: string | null, url: string, answered: string | undefined): MusterError | null {
  const seen = revisionNumber(presented ?? undefined);
  const own = revisionNumber(answered);
  if (seen === null || (own !== null && own >= seen)) return null;
  return new MusterError('coordinator-behind', { url, own: own ?? 0, seen });
}
