import type { ClusterSettings } from '../plan/schema.ts';
import type { Finding } from '../protocol/finding.ts';

/** Applies `preflight.lower` of the plan: a lowered error becomes a warning that records the reason. */
export function lower<F extends Finding>(
  findings: readonly F[],
  { preflight }: Pick<ClusterSettings, 'preflight'>,
): F[] {
  return findings.map((finding) => {
    const rule = preflight.lower[finding.id];
    if (rule === undefined || finding.level !== 'error') return finding;
    return { ...finding, level: rule.to, lowered: { from: finding.level, reason: rule.reason } };
  });
}
