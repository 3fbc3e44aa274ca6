import type { JoinCredentialRow } from '../store/join-credentials.ts';

/** A single host must always be able to join, and no API server and etcd sustain more than the most. */
const least = 2;
const most = 100;
/** What the API server and etcd of one small control plane sustain. */
const usualStart = 20;

/** Approved within this time after its credential, in ms, a request shows that the API server has room for more. */
const quickMs = 20_000;
/** Longer than this shows that it has not. */
const slowMs = 60_000;

type Credential = Pick<JoinCredentialRow, 'tokenId' | 'createdAt' | 'approvedAt'>;

export type Wave = ReturnType<typeof createWave>;

/**
 * The number of workers that join at a time, from 2 to 100, by the time that the API server takes to approve them: a
 * whole wave of quick approvals adds one, slow ones halve it, as TCP adapts to a network.
 */
export function createWave(now: () => number, start = usualStart) {
  let size = start;
  let shrunkAt = Number.NEGATIVE_INFINITY;
  let judged = new Set<string>();

  /** Credentials from before the last time are slow because of the wave as it was. */
  function shrink(): void {
    shrunkAt = now();
    size = Math.max(Math.min(least, start), size / 2);
  }

  function judge(tookMs: number, isFull: boolean): void {
    if (tookMs > slowMs) shrink();
    else if (tookMs <= quickMs && isFull) size = Math.min(Math.max(most, start), size + 1 / size);
  }

  return {
    size: (): number => Math.floor(size),
    /** `credentials`: those in use; `isFull`: hosts wait, so that a larger wave would help. */
    observe(credentials: readonly Credential[], isFull: boolean): void {
      const approved = new Set<string>();
      const waiting: Credential[] = [];
      for (const credential of credentials) {
        const { tokenId, createdAt, approvedAt } = credential;
        if (approvedAt === null) waiting.push(credential);
        else approved.add(tokenId);
        if (approvedAt !== null && !judged.has(tokenId) && createdAt > shrunkAt) judge(approvedAt - createdAt, isFull);
      }
      judged = approved;
      // A single host may be stuck for a reason of its own.
      const recent = waiting.filter(({ createdAt }) => createdAt > shrunkAt);
      const late = recent.filter(({ createdAt }) => now() - createdAt > slowMs);
      if (late.length > 1 && late.length > recent.length / 2) shrink();
    },
  };
}
