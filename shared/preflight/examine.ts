import { assumedManager } from '../packages/index.ts';
import type { Finding, ReportedFinding } from '../protocol/finding.ts';
import type { PackageManager } from '../systems.ts';
import type { Check } from './check.ts';
import { textsOf } from './texts.ts';

/** A finding together with what a host reports of it. */
export type Found = Finding & ReportedFinding;

/** Runs one check; null: it does not apply. `manager`: the host's. */
export function examine<K>(check: Check<K>, known: K, manager: PackageManager = assumedManager): Found | null {
  const verdict = check.judge(known);
  if (verdict === null) return null;
  const { level, seen, case: name, values } = verdict;
  const step = verdict.step === undefined ? (check.step ?? null) : verdict.step;
  const reported: ReportedFinding = {
    ...{ id: check.id, level, seen, mends: level !== 'ok' && step !== null, lowered: null },
    ...(name === undefined ? {} : { case: name }),
    ...(values === undefined ? {} : { values }),
  };
  return { ...reported, ...textsOf(reported, check, manager) };
}

/** What a host sends of a finding: no instructions. */
export function reportedOf({ needed: _, remedy: __, command: ___, ...reported }: Found): ReportedFinding {
  return reported;
}

/** An error that no step fixes; see guard.ts for the steps that it blocks. */
export const blocks = (finding: Pick<Finding, 'level' | 'mends'>): boolean =>
  finding.level === 'error' && !finding.mends;

const severity: Record<Finding['level'], number> = { error: 0, warning: 1, unknown: 2, ok: 3 };

/** Sorts findings, worst first. */
export function worstFirst<F extends Pick<Finding, 'level'>>(findings: readonly F[]): F[] {
  return [...findings].sort((a, b) => severity[a.level] - severity[b.level]);
}
