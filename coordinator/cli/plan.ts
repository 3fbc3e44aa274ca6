import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { exitCode, MusterError, messageOf } from '../../shared/errors.ts';
import { formatProblem, parsePlan } from '../../shared/plan/parse.ts';
import type { Plan, PlannedHost } from '../../shared/plan/schema.ts';
import { roleTitle } from '../../shared/steps/catalogue.ts';
import { describeSteps, type StepDescription } from '../../shared/steps/describe.ts';
import { assign } from '../assign.ts';

export interface PlanCommandOutput {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/** `muster plan`: looks at a plan file and needs no coordinator. Throws MusterError with the exit code. */
export function planCommand({ stdout, stderr }: PlanCommandOutput): Command {
  const command = new Command('plan').description('check a plan, and show what it would do');
  command
    .command('check')
    .description('print everything that is wrong with a plan')
    .argument('<file>', 'the plan, such as cluster.yaml')
    .action((file: string) => {
      stdout.write(`${file}: fine: ${summarise(load(file, stderr))}\n`);
    });
  command
    .command('show')
    .description('print what would be done on each host, step by step, without doing it')
    .argument('<file>', 'the plan, such as cluster.yaml')
    .option('--host <name>', 'this host only')
    .option('--json', 'as JSON: [{host, address, role, steps: [{id, title, lines}]}]')
    .action((file: string, { host, json }: { host?: string; json?: boolean }) => {
      const plan = load(file, stderr);
      const shown = selectHosts(plan, host).map(({ name, address, role }) => ({
        host: name,
        address,
        role,
        steps: stepsOfHost(plan, name),
      }));
      stdout.write(json ? `${JSON.stringify(shown, null, 2)}\n` : shown.map(formatHost).join('\n'));
    });
  return command;
}

/** The plan in a file; every problem goes to `stderr`, one a line, before the error is thrown. */
function load(file: string, stderr: PlanCommandOutput['stderr']): Plan {
  const { plan, problems } = parsePlan(read(file), {
    readFile: (path) => readFileSync(resolve(dirname(file), path), 'utf8'),
  });
  if (plan !== null) return plan;
  for (const problem of problems) stderr.write(`${formatProblem(file, problem)}\n`);
  throw new MusterError('invalid-plan', `${basename(file)}: ${count(problems.length, 'problem')}`, {
    exit: exitCode.badInput,
    status: 400,
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new MusterError('unreadable-plan', `${file} can't be read: ${messageOf(error)}`, {
      exit: exitCode.badInput,
      remedy: 'name a plan file, such as /etc/muster/cluster.yaml',
      cause: error,
    });
  }
}

function selectHosts({ hosts }: Plan, name: string | undefined): PlannedHost[] {
  const selected = name === undefined ? hosts : hosts.filter((host) => host.name === name);
  if (selected.length > 0) return selected;
  const names = hosts.map((host) => host.name).join(', ');
  throw new MusterError('unknown-host', `the plan has no host "${name}"; it has ${names}`, { exit: exitCode.usage });
}

function stepsOfHost(plan: Plan, name: string): StepDescription[] {
  const assignment = assign(plan, name);
  return assignment === null ? [] : describeSteps(assignment);
}

/** "1 control plane, 2 workers, Kubernetes 1.23.0 on docker, Calico v3.24.1". */
function summarise({ hosts, settings }: Plan): string {
  const roles = (['control-plane', 'worker'] as const).map((role) =>
    count(hosts.filter((host) => host.role === role).length, roleTitle[role].en),
  );
  const version = settings.kubernetes.packageVersion ?? settings.kubernetes.version;
  return [...roles, `Kubernetes ${version} on ${settings.runtime.name}`, settings.network.plugin.title].join(', ');
}

function formatHost(shown: {
  host: string;
  address: string;
  role: PlannedHost['role'];
  steps: StepDescription[];
}): string {
  const steps = shown.steps.flatMap(({ title, lines }, index) => [
    `  ${String(index + 1).padStart(2)}. ${title}`,
    ...lines.map((line) => (line === '' ? '' : `        ${line}`)),
  ]);
  return `${[`${shown.host}, ${shown.address}, ${roleTitle[shown.role].en}`, ...steps].join('\n')}\n`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
