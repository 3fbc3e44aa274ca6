import { MusterError } from '../../shared/errors/errors.ts';
import { silentLogger } from '../../shared/logger.ts';
import type { Role } from '../../shared/plan/schema.ts';
import { catalogue, groupOf, referenceOf, titleOf } from '../../shared/preflight/catalogue.ts';
import { worstFirst } from '../../shared/preflight/examine.ts';
import { preflight } from '../../shared/preflight/preflight.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import { type Finding, findingSchema } from '../../shared/protocol/finding.ts';
import { languageOfLocale } from '../../shared/text/locale.ts';
import { gather } from '../facts/gather.ts';
import { createReach } from '../facts/reach/reach.ts';
import type { Host } from '../host/host.ts';
import { openJournal } from '../loop/journal.ts';
import type { AgentPaths } from '../paths.ts';
import { currentAssignment } from './current-assignment.ts';
import { fixFindings } from './fix.ts';
import { listText, reportText } from './page.ts';
import { terminalPaint } from './paint.ts';
import { plannedHere } from './planned.ts';

export interface PreflightOptions {
  role?: Role;
  plan?: string;
  json?: boolean;
  fix?: boolean;
  list?: boolean;
}

interface Means {
  host: Host;
  paths: AgentPaths;
  say(text: string): void;
}

/**
 * `muster-agent preflight`. Returns the exit code: 0 all passed, 1 warnings or unknown results, 2 errors. Throws
 * MusterError.
 */
export async function preflightCommand(options: PreflightOptions, means: Means): Promise<number> {
  const language = languageOfLocale(process.env);
  const paint = terminalPaint(process.stdout, process.env);
  const { host, say } = means;
  if (options.list === true) {
    say(options.json === true ? JSON.stringify(catalogue, null, 2) : listText(catalogue, language, paint));
    return 0;
  }
  const assignment = await assignmentFor(options, means);
  let findings = await look(assignment, options, means);
  if (options.fix === true && assignment !== null) {
    const changed = await fixFindings({
      ...{ host, findings, assignment, language },
      journal: await openJournal(host, means.paths.journal, silentLogger()),
      facts: await gather(host),
      say: options.json === true ? () => undefined : say,
    });
    if (changed) findings = await look(assignment, options, means);
  }
  say(options.json === true ? JSON.stringify(findings.map(withTitle), null, 2) : reportText(findings, language, paint));
  if (findings.some(({ level }) => level === 'error')) return 2;
  return findings.some(({ level }) => level !== 'ok') ? 1 : 0;
}

/** The assignment from the given plan, otherwise from the coordinator if this host is enrolled. */
async function assignmentFor(
  { plan, role, fix }: PreflightOptions,
  { host, paths }: Means,
): Promise<Assignment | null> {
  const assignment = plan === undefined ? await currentAssignment(paths) : await plannedHere(host, plan);
  if (fix === true && assignment === null) {
    throw new MusterError('plan-needed');
  }
  if (assignment === null || role === undefined) return assignment;
  return { ...assignment, host: { ...assignment.host, role } };
}

async function look(
  assignment: Assignment | null,
  { role }: PreflightOptions,
  { host, paths }: Means,
): Promise<Finding[]> {
  const [facts, journal] = await Promise.all([
    gather(host, { assignment, reach: createReach(host) }),
    openJournal(host, paths.journal, silentLogger()),
  ]);
  const known = { facts, assignment, role: role ?? assignment?.host.role ?? null, owns: journal.owns() };
  // Strips control characters that files on this host could inject into the terminal.
  return worstFirst(preflight(known).map((finding) => findingSchema.parse(finding)));
}

function withTitle(finding: Finding) {
  const { id } = finding;
  return { ...finding, title: titleOf(id), group: groupOf(id), reference: referenceOf(id) };
}
