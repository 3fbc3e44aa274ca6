import { packageManagerOf } from '../systems.ts';
import type { Known } from './check.ts';
import { hostChecks } from './checks.ts';
import { examine, type Found } from './examine.ts';
import { lower } from './lower.ts';

/** All findings of one host. Pure. Checks that need a role or a plan are omitted while there is none. */
export function preflight(known: Known): Found[] {
  const manager = packageManagerOf(known.facts.os);
  const findings = hostChecks.flatMap((check) => examine(check, known, manager) ?? []);
  return known.assignment === null ? findings : lower(findings, known.assignment.settings);
}
