import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { exitCode, MusterError } from '../../../shared/errors/errors.ts';
import { reasonOf } from '../../../shared/errors/reason.ts';
import { assign } from '../../../shared/plan/assign.ts';
import { settingNotes } from '../../../shared/plan/effects/notes.ts';
import { formatProblem, formatWarning, type ParseResult, parsePlan } from '../../../shared/plan/parse.ts';
import type { Plan, PlannedHost } from '../../../shared/plan/schema.ts';
import type { PlanCheck, PlanView } from '../../../shared/protocol/plan-view.ts';
import type { SettingNote } from '../../../shared/protocol/setting-note.ts';
import { settingNoteText } from '../../../shared/status/setting-note.ts';
import { roleTitle } from '../../../shared/steps/catalogue.ts';
import { describeSteps, type StepDescription } from '../../../shared/steps/describe.ts';
import type { Language } from '../../../shared/text/local-text.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { clean, json } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';

interface PlanOptions extends SocketOptions {
  json?: true;
}

export interface CheckOptions extends PlanOptions {
  /** Warnings make the plan invalid. */
  strict?: true;
}

/**
 * `muster plan check`: prints problems and warnings and, if the coordinator answers, what its running cluster does not get
 * of the plan. Throws MusterError `plan-invalid`.
 */
export async function checkPlan(io: Io, file: string, options: CheckOptions): Promise<void> {
  const { plan, problems, warnings } = parse(file);
  const refused = problems.length + (options.strict ? warnings.length : 0);
  const notes = plan === null ? [] : await unappliedSettings(plan, options.socket);
  if (options.json) {
    const told = { valid: refused === 0, problems, warnings, ...(notes.length === 0 ? {} : { notes }) };
    io.stdout.write(`${json(told satisfies PlanCheck)}\n`);
  } else {
    printFindings(io, file, { problems, warnings });
  }
  if (plan === null || refused > 0) throw invalid(file, refused);
  if (options.json) return;
  io.stdout.write(`${words.planFine(file, summarise(plan, io.language))[io.language]}\n`);
  tellNotes(io, notes);
}

/** Prints what the running cluster does not get of this plan. */
export function tellNotes(io: Io, notes: readonly SettingNote[]): void {
  for (const note of notes) {
    io.stderr.write(`${clean(settingNoteText(note)[io.language])}\n    ${clean(note.remedy[io.language])}\n`);
  }
}

/** What the running cluster does not get of this plan; empty if no coordinator answers, or it has another cluster. */
export async function unappliedSettings(plan: Plan, socket: string): Promise<SettingNote[]> {
  const running = await createOperatorClient(socket)
    .running()
    .catch(() => null);
  const addresses = new Set(plan.hosts.map(({ address }) => address));
  if (running === null || !running.hosts.some(({ address }) => addresses.has(address))) return [];
  return settingNotes(plan.settings, running);
}

/** `muster plan show`: prints the changes on each host. Throws MusterError `plan-invalid`, `host-unknown`. */
export async function showPlan(io: Io, file: string, options: PlanOptions & { host?: string }): Promise<void> {
  const plan = loadPlan(io, file);
  const shown = selectHosts(plan, options.host).map(
    ({ name, address, role }): PlanView => ({ host: name, address, role, steps: stepsOfHost(plan, name, io.language) }),
  );
  const text = () => shown.map((view) => formatHost(view, io.language)).join('\n');
  io.stdout.write(options.json ? `${json(shown)}\n` : text());
  if (!options.json) tellNotes(io, await unappliedSettings(plan, options.socket));
}

/**
 * Reads a plan; prints every problem and warning to `stderr`, one per line, before throwing. `folder`: base of the file
 * names in the plan.
 */
export function loadPlan(io: Io, file: string, folder = dirname(file)): Plan {
  const { plan, problems, warnings } = parse(file, folder);
  printFindings(io, file, { problems, warnings });
  if (plan === null) throw invalid(file, problems.length);
  return plan;
}

function printFindings(
  { stderr, language }: Io,
  file: string,
  { problems, warnings }: Pick<ParseResult, 'problems' | 'warnings'>,
): void {
  for (const problem of problems) stderr.write(`${formatProblem(file, problem)[language]}\n`);
  for (const warning of warnings) stderr.write(`${formatWarning(file, warning)[language]}\n`);
}

function parse(file: string, folder = dirname(file)) {
  return parsePlan(read(file), {
    readFile: (path, encoding = 'utf8') => readFileSync(resolve(folder, path), encoding),
  });
}

function invalid(file: string, problems: number): MusterError {
  return new MusterError('plan-invalid', { path: basename(file), problems });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new MusterError('plan-unreadable', { path: file, reason: reasonOf(error) }, { cause: error });
  }
}

function selectHosts({ hosts }: Plan, name: string | undefined): PlannedHost[] {
  const selected = name === undefined ? hosts : hosts.filter((host) => host.name === name);
  if (selected.length > 0) return selected;
  throw new MusterError(
    'host-unknown',
    { host: name ?? '', known: hosts.map((host) => host.name) },
    { exit: exitCode.usage },
  );
}

function stepsOfHost(plan: Plan, name: string, language: Language): StepDescription[] {
  const assignment = assign(plan, name);
  return assignment === null ? [] : describeSteps(assignment, language);
}

/** "1 control plane, 2 workers, Kubernetes 1.23.0 on docker, Calico v3.24.1". */
function summarise({ hosts, settings }: Plan, language: Language): string {
  const roles = (['control-plane', 'worker'] as const).map((role) => {
    const amount = hosts.filter((host) => host.role === role).length;
    const title = roleTitle[role];
    return { en: `${amount} ${title.en}${amount === 1 ? '' : 's'}`, zh: `${amount} 个${title.zh}` }[language];
  });
  const version = settings.kubernetes.packageVersion ?? settings.kubernetes.version;
  const runtime = settings.runtime.name;
  const kubernetes = { en: `Kubernetes ${version} on ${runtime}`, zh: `${runtime} 上的 Kubernetes ${version}` };
  return [...roles, kubernetes[language], settings.network.plugin.title].join({ en: ', ', zh: '，' }[language]);
}

function formatHost({ host, address, role, steps }: PlanView, language: Language): string {
  const lines = steps.flatMap(({ title, lines }, index) => [
    `  ${String(index + 1).padStart(2)}. ${title}`,
    ...lines.map((line) => (line === '' ? '' : `        ${line}`)),
  ]);
  const comma = { en: ', ', zh: '，' }[language];
  return `${[[host, address, roleTitle[role][language]].join(comma), ...lines].join('\n')}\n`;
}
