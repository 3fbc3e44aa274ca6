import type { ClusterSettings } from '../plan/schema.ts';
import type { Finding } from '../protocol/finding.ts';

/** Applies `preflight.lower` of the plan: a lowered error becomes a warning that records the reason. */
export function lower(findings: readonly Finding[], { preflight }: Pick<ClusterSettings, 'preflight'>): Finding[] {
  return findings.map((finding) => {
    const rule = preflight.lower[finding.id];
    if (rule === undefined || finding.level !== 'error') return finding;
    return { ...finding, level: rule.to, lowered: { from: finding.level, reason: rule.reason } };
  });
}
