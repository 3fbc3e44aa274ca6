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
  /** Reads a file beside the plan (a signing key, a manifest) by its path as it stands there; throws when it can't. */
  readFile: (path: string) => string;
}

export type ParseResult = { plan: Plan; problems: [] } | { plan: null; problems: PlanProblem[] };

/**
 * The plan in the text of a cluster.yaml, or everything that is wrong with it, in the order of its lines. What has the wrong shape is
 * reported and set aside, and the checks across fields run on all the rest, so that all problems show at once.
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
