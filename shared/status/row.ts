import { titleOf } from '../preflight/catalogue.ts';
import type { Finding, Level } from '../protocol/finding.ts';
import type { HostStatus, Phase } from '../protocol/status.ts';
import { type LocalText, verbatim } from '../text/local-text.ts';
import { blockedText } from './blocked.ts';
import { openFindings } from './host.ts';

/** A finding with its check's title. */
export type TitledFinding = Finding & { title: LocalText };

/** Phases whose summary contains no time, so that it does not change constantly. */
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
 * One host as shown in tables, for the page and for `muster`. Includes new fields of HostStatus automatically. Excludes
 * fields only needed by the host's own page (GET /v1/hosts/NAME) and those that change with time alone, which readers
 * derive from the coordinator's clock.
 */
export type HostRow = ReturnType<typeof rowOf>;

/** @param revision changes whenever anything known about the host changes, including fields the row excludes */
export function rowOf(host: HostStatus, revision = 0) {
  const { facts, explanation, secondsSinceContact, clockSkewSeconds, operation, machines, ...listed } = host;
  const { node, findings, phase, summary } = listed;
  return {
    ...listed,
    /** Why it is stuck; empty if it is not. */
    summary: explained.includes(phase) ? summary : verbatim(''),
    /** Findings that need a person, errors first. */
    findings: titled(openFindings(host)),
    findingCounts: countLevels(findings),
    /** What its findings block; null: nothing. */
    blocked: blockedText({ ...listed, wasReady: host.readyAt !== null }),
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
