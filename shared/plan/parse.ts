import { finished } from '../finished.ts';
import { checkBackup } from './checks/backup.ts';
import { componentChecks } from './checks/components/index.ts';
import { checkCriDockerd } from './checks/cri-dockerd.ts';
import { checkEndpoint } from './checks/endpoint.ts';
import { checkEtcd } from './checks/etcd.ts';
import { checkFiles } from './checks/files.ts';
import { checkHosts } from './checks/hosts.ts';
import { checkImages } from './checks/images.ts';
import { checkLabels } from './checks/labels.ts';
import { checkLoadBalancer } from './checks/load-balancer.ts';
import { checkLowered } from './checks/lowered.ts';
import { checkPlugin } from './checks/plugin.ts';
import { checkProxy } from './checks/proxy.ts';
import { checkReached } from './checks/reached/index.ts';
import { checkRuntime } from './checks/runtime.ts';
import { checkSubnets } from './checks/subnets.ts';
import { checkVersions } from './checks/versions.ts';
import { readingDocument } from './document.ts';
import { explain } from './explain/index.ts';
import type { ReadFile } from './files.ts';
import type { PlanProblem, Report } from './problem.ts';
import { isWarning } from './problems/warnings.ts';
import { resolve } from './resolve.ts';
import type { Plan } from './schema.ts';
import { checkShape } from './shape.ts';
import type { WrittenPlan } from './written.ts';

export { formatProblem, formatProblems, formatWarning, type PlanProblem } from './problem.ts';

export interface ParseOptions {
  readFile: ReadFile;
}

/** `warnings` do not make a plan invalid. */
export type ParseResult = { warnings: PlanProblem[] } & (
  | { plan: Plan; problems: [] }
  | { plan: null; problems: PlanProblem[] }
);

/**
 * Parses cluster.yaml. Returns the plan, or all problems, and the warnings, in line order. Values of the wrong shape are reported and left
 * out, and the remaining checks still run, so that all problems show at once.
 */
export function parsePlan(text: string, options: ParseOptions): ParseResult {
  return finished(parsingPlan(text, options));
}

/** As `parsePlan`; yields where it may be interrupted. */
export function* parsingPlan(file: string, { readFile }: ParseOptions): Generator<void, ParseResult> {
  // Line ends of Windows, and of old editors, which the parser does not know.
  const text = file.replace(/\r\n?/g, '\n');
  const read = yield* readingDocument(text);
  if ('problems' in read) return { plan: null, problems: explain(text, read.problems), warnings: [] };
  const found: PlanProblem[] = [];
  const known = new Set<string>();
  const report: Report = (path, code, ...[params]) => {
    const problem = read.document.problemAt(path, code, params);
    const key = `${problem.path} ${problem.code} ${problem.message.en}`;
    if (!known.has(key)) found.push(problem);
    known.add(key);
  };
  const written = checkShape(read.document.value, report);
  yield;
  for (const check of [
    checkHosts,
    checkVersions,
    checkSubnets,
    checkEndpoint,
    checkReached,
    checkProxy,
    checkLoadBalancer,
    checkEtcd,
    checkLabels,
    checkRuntime,
    checkCriDockerd,
    checkPlugin,
    checkImages,
    ...componentChecks,
    checkLowered,
    checkBackup,
  ]) {
    check(written, report);
    yield;
  }
  checkFiles(written, report, readFile);
  found.sort((a, b) => a.line - b.line);
  const warnings = found.filter(({ code }) => isWarning(code));
  const problems = found.filter(({ code }) => !isWarning(code));
  if (problems.length > 0) return { plan: null, problems: explain(text, problems), warnings };
  return { plan: resolve(written as WrittenPlan, readFile), problems: [], warnings };
}
