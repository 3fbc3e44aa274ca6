import { hasCode, MusterError } from '../../shared/errors/errors.ts';
import type { KubeClient } from './client.ts';

/** The pause grows with the time without answer, up to 15 s, so that recovery is noticed with little delay. In ms. */
const longest = 15_000;
const part = 0.1;

const justNow = { en: 'it did not answer the previous request', zh: '上一次请求没有应答' };

/** Calls `ask`, or throws MusterError `kube-unreachable` without calling it. */
export type Sparing = <T>(client: Pick<KubeClient, 'caPem'>, ask: () => Promise<T>) => Promise<T>;

/**
 * Limits requests to an API server that does not answer, across all callers, with growing pauses. A different cluster
 * (by CA) is asked immediately. `now`: monotonic clock in ms.
 */
export function createSparing(now: () => number = () => performance.now()): Sparing {
  let silence: { caPem: string; since: number; until: number } | null = null;

  return async (client, ask) => {
    const asked = now();
    if (silence?.caPem !== client.caPem) silence = null;
    if (silence !== null && asked < silence.until) {
      throw new MusterError('kube-unreachable', { reason: justNow });
    }
    try {
      const answer = await ask();
      silence = null;
      return answer;
    } catch (error) {
      if (hasCode(error, 'kube-refused')) silence = null;
      if (hasCode(error, 'kube-unreachable')) {
        const since = silence?.since ?? asked;
        silence = { caPem: client.caPem, since, until: now() + Math.min(longest, (now() - since) * part) };
      }
      throw error;
    }
  };
}
