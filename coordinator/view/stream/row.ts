import { titleOf } from '../../../shared/preflight/catalogue.ts';
import type { Level } from '../../../shared/protocol/finding.ts';
import type { HostStatus, Phase } from '../../../shared/protocol/status.ts';
import type { Change, HostRow, TitledFinding } from '../../../shared/protocol/stream.ts';
import { openFindings } from '../../../shared/status/host.ts';

/** Phases whose sentence holds no time: it changes only when something else does. */
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

export function rowOf(host: HostStatus, revision: number): HostRow {
  const { name, address, role, phase, remedy, enrolledAt, readyAt, lastContactAt, agentVersion, node } = host;
  return {
    name,
    address,
    role,
    phase,
    summary: explained.includes(phase) ? host.summary : '',
    remedy,
    enrolledAt,
    readyAt,
    lastContactAt,
    agentVersion,
    stepsDone: host.stepsDone,
    stepsTotal: host.stepsTotal,
    steps: host.steps,
    diagnosis: host.diagnosis,
    findings: titled(openFindings(host)),
    findingCounts: countLevels(host.findings),
    node: node && { ready: node.ready, kubeletVersion: node.kubeletVersion, runtimeVersion: node.runtimeVersion },
    revision,
  };
}

/** Each with what its check is called: only this side knows all checks. */
export function titled(findings: HostStatus['findings']): TitledFinding[] {
  return findings.map((finding) => ({ ...finding, title: titleOf(finding.id) }));
}

function countLevels(findings: HostStatus['findings']): Record<Level, number> {
  const counts: Record<Level, number> = { ok: 0, unknown: 0, warning: 0, error: 0 };
  for (const { level } of findings) counts[level] += 1;
  return counts;
}

/** The fields of `after` that differ from `before`'s; null where none does. */
export function rowChange(before: HostRow, after: HostRow): Change['hosts'][number] | null {
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof HostRow]),
  );
  return changed.length === 0 ? null : { ...Object.fromEntries(changed), name: after.name };
}
