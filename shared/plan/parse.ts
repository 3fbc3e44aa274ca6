import { checkBackup } from './checks/backup.ts';
import { checkComponents } from './checks/components.ts';
import { checkEndpoint } from './checks/endpoint.ts';
import { checkFiles } from './checks/files.ts';
import { checkHosts } from './checks/hosts.ts';
import { checkLabels } from './checks/labels.ts';
import { checkLowered } from './checks/lowered.ts';
import { checkRuntime } from './checks/runtime.ts';
import { checkSubnets } from './checks/subnets.ts';
import { checkVersions } from './checks/versions.ts';
import { readDocument } from './document.ts';
import type { PlanProblem, Report } from './problem.ts';
import { resolve } from './resolve.ts';
import type { Plan } from './schema.ts';
import { checkShape } from './shape.ts';
import type { WrittenPlan } from './written.ts';

export { formatProblem, formatProblems, type PlanProblem } from './problem.ts';

export interface ParseOptions {
  /** Reads a file (a signing key, a manifest) by its path as written in the plan; throws if it cannot. */
  readFile: (path: string) => string;
}

export type ParseResult = { plan: Plan; problems: [] } | { plan: null; problems: PlanProblem[] };

/**
 * Parses cluster.yaml. Returns the plan, or all problems in line order. Values of the wrong shape are reported and left
 * out, and the remaining checks still run, so that all problems show at once.
 */
export function parsePlan(text: string, { readFile }: ParseOptions): ParseResult {
  const read = readDocument(text);
  if ('problems' in read) return { plan: null, problems: read.problems };
  const problems: PlanProblem[] = [];
  const report: Report = (path, code, ...[params]) => problems.push(read.document.problemAt(path, code, params));
  const written = checkShape(read.document.value, report);
  for (const check of [
    checkHosts,
    checkVersions,
    checkSubnets,
    checkEndpoint,
    checkLabels,
    checkRuntime,
    checkComponents,
    checkLowered,
    checkBackup,
  ]) {
    check(written, report);
  }
  checkFiles(written, report, readFile);
  if (problems.length > 0) return { plan: null, problems: problems.sort((a, b) => a.line - b.line) };
  return { plan: resolve(written as WrittenPlan, readFile), problems: [] };
}
