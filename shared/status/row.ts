import { titleOf } from '../preflight/catalogue.ts';
import type { Finding, Level } from '../protocol/finding.ts';
import type { HostStatus, Phase } from '../protocol/status.ts';
import type { LocalText } from '../text/local-text.ts';
import { openFindings } from './host.ts';

/** A finding with the title of its check. */
export type TitledFinding = Finding & { title: LocalText };

/** Phases whose summary contains no time: it changes only when something else does. */
const explained: readonly Phase[] = [
  'blocked',
  'failed',
  'waiting',
  'not-ready',
  'paused',
  'leaving',
  'retired',
  'cloned',
  'unplanned',
];

/**
 * One host as a table shows it, for the page and for `muster`. A new field of HostStatus is in it; left out is what only the host's own page
 * needs (GET /v1/hosts/NAME) and what changes with time alone, which a reader derives from the coordinator's clock.
 */
export type HostRow = ReturnType<typeof rowOf>;

/** @param revision changes whenever anything known of the host does, including what the row leaves out. */
export function rowOf(host: HostStatus, revision = 0) {
  const { facts, explanation, secondsSinceContact, clockSkewSeconds, operation, machines, ...listed } = host;
  const { node, findings, phase, summary } = listed;
  return {
    ...listed,
    /** Why it makes no progress; empty where it does. */
    summary: explained.includes(phase) ? summary : '',
    /** Those that need a person, errors first. */
    findings: titled(openFindings(host)),
    findingCounts: countLevels(findings),
    node: node && { ready: node.ready, kubeletVersion: node.kubeletVersion, runtimeVersion: node.runtimeVersion },
    arch: facts?.arch ?? null,
    system: facts?.os.prettyName ?? null,
    revision,
  };
}

export function titled(findings: readonly Finding[]): TitledFinding[] {
  return findings.map((finding) => ({ ...finding, title: titleOf(finding.id) }));
}

function countLevels(findings: readonly Finding[]): Record<Level, number> {
  const counts: Record<Level, number> = { ok: 0, unknown: 0, warning: 0, error: 0 };
  for (const { level } of findings) counts[level] += 1;
  return counts;
}
