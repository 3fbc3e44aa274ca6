/** Buckets of a Prometheus histogram: upper bound in seconds, and the number of values up to it. */
type Buckets = { upTo: number; count: number }[];

/**
 * The 99th percentile of a histogram in Prometheus' text format, in ms, interpolated within its bucket as Prometheus'
 * histogram_quantile does; null: the histogram is absent or empty.
 */
export function p99Ms(metrics: string, name: string): number | null {
  const buckets = bucketsOf(metrics, name);
  const total = buckets.at(-1)?.count ?? 0;
  if (total === 0) return null;
  const rank = total * 0.99;
  const at = buckets.findIndex(({ count }) => count >= rank);
  const { upTo = 0, count = 0 } = buckets[at] ?? {};
  const { upTo: from = 0, count: below = 0 } = buckets[at - 1] ?? {};
  // The last bucket has no upper bound.
  const seconds = Number.isFinite(upTo) ? from + ((upTo - from) * (rank - below)) / (count - below) : from;
  return Math.round(seconds * 10_000) / 10;
}

/** The value of a metric without labels; null: absent. */
export function gauge(metrics: string, name: string): number | null {
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1];
  return value === undefined || !Number.isFinite(Number(value)) ? null : Number(value);
}

function bucketsOf(metrics: string, name: string): Buckets {
  const rows = metrics.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\S+)$`, 'gm'));
  return [...rows].map(([, bound, count]) => ({
    upTo: bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound),
    count: Number(count),
  }));
}
