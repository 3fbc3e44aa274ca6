import { MusterError } from '../../shared/errors/errors.ts';
import type { KubeClient } from './client.ts';

/** At most so long, in ms, and this part of the time that it has been silent: what comes back is seen after little more than its absence. */
const longest = 15_000;
const part = 0.1;

const justNow = { en: 'it did not answer the previous request', zh: '上一次请求没有应答' };

/** Asks, or throws MusterError `kube-unreachable` without asking. */
export type Sparing = <T>(client: Pick<KubeClient, 'caPem'>, ask: () => Promise<T>) => Promise<T>;

/**
 * Asks an API server that does not answer ever more rarely, whoever asks. Another cluster's is asked at once. `now`: milliseconds of a clock
 * that nobody sets.
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
      if (error instanceof MusterError && error.code === 'kube-unreachable') {
        const since = silence?.since ?? asked;
        silence = { caPem: client.caPem, since, until: now() + Math.min(longest, (now() - since) * part) };
      }
      throw error;
    }
  };
}
