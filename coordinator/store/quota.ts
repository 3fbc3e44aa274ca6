export interface QuotaOptions {
  /** How often it may happen at once. */
  burst: number;
  /** One more is allowed after each such time, in ms. */
  refillMs: number;
}

/** Keys held at most; the ones asked about least recently are dropped. */
const capacity = 10_000;

/** Limits how often something may happen for a key, such as a host. */
export function createQuota({ burst, refillMs }: QuotaOptions) {
  const spent = new Map<string, { count: number; at: number }>();

  return {
    /** Whether it may happen at `at` (milliseconds since the epoch); counts it if so, as `cost` times. */
    take(key: string, at: number, cost = 1): boolean {
      const before = spent.get(key) ?? { count: 0, at };
      const count = Math.max(0, before.count - (at - before.at) / refillMs);
      const isLeft = count + cost <= burst;
      spent.delete(key);
      spent.set(key, { count: isLeft ? count + cost : count, at });
      const oldest = spent.keys().next().value;
      if (spent.size > capacity && oldest !== undefined) spent.delete(oldest);
      return isLeft;
    },
  };
}
