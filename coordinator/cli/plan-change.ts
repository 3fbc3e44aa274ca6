import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command, type Option } from 'commander';
import { exitCode, MusterError } from '../../shared/errors.ts';
import { coordinatorPaths } from '../../shared/paths.ts';
import { writeAtomically } from '../files.ts';
import { type PlanChange, planChanges } from '../plan-changes.ts';
import { createOperatorClient } from './client.ts';
import { languageOf } from './explain.ts';
import type { Io, SocketOptions } from './io.ts';
import { loadPlan } from './plan.ts';
import { clean, json } from './text.ts';

/** `muster plan diff` and `muster plan apply`: what another plan would mean for each host, before it is in force. */
export function planChangeCommands(io: Io, socket: () => Option): Command[] {
  const file = ['<file>', 'the plan that is to be in force'] as const;
  const diff = new Command('diff')
    .description('tell what a changed plan would mean for each host')
    .argument(...file)
    .option('--json', 'as JSON: [{host, kind, text: {en, zh}, needsConsent}]')
    .addOption(socket())
    .action(async (path: string, options: SocketOptions & { json?: true }) => {
      const changes = await changesOf(io, path, options);
      io.stdout.write(options.json === undefined ? told(io, changes) : `${json(changes)}\n`);
    });
  const apply = new Command('apply')
    .description('put a changed plan in force; asks where that takes a host out of it')
    .argument(...file)
    .option('--plan <file>', 'the coordinator’s plan file', coordinatorPaths.plan)
    .option('-y, --yes', 'do it without asking')
    .addOption(socket())
    .action((path: string, options: ApplyOptions) => applyPlan(io, path, options));
  return [diff, apply];
}

interface ApplyOptions extends SocketOptions {
  plan: string;
  yes?: true;
}

async function changesOf(io: Io, path: string, { socket }: SocketOptions): Promise<PlanChange[]> {
  const wanted = loadPlan(path, io.stderr);
  const client = createOperatorClient(socket);
  const [inForce, { hosts }] = await Promise.all([client.plan(), client.status()]);
  return planChanges(inForce, wanted, hosts);
}

function told(io: Io, changes: readonly PlanChange[]): string {
  const language = languageOf(io.env);
  if (changes.length === 0) return language === 'zh' ? '没有变化\n' : 'nothing changes\n';
  const signs: Record<PlanChange['kind'], string> = { added: '+', removed: '-', changed: '~', settings: '~' };
  return changes
    .map(
      ({ host, kind, text }) => `${signs[kind]} ${host === null ? '' : `${clean(host)}: `}${clean(text[language])}\n`,
    )
    .join('');
}

/** Throws MusterError `not-confirmed` (exit 1), `nobody-to-ask` (64), and what reading the plan throws. */
async function applyPlan(io: Io, path: string, options: ApplyOptions): Promise<void> {
  const changes = await changesOf(io, path, options);
  io.stderr.write(told(io, changes));
  if (changes.length === 0) return;
  // What the plan reads beside itself has to stand beside the coordinator's plan file.
  if (dirname(resolve(path)) !== dirname(resolve(options.plan))) loadPlan(path, io.stderr, dirname(options.plan));
  if (changes.some(({ needsConsent }) => needsConsent) && options.yes === undefined) await consent(io, path);
  const before = statSync(options.plan, { throwIfNoEntry: false });
  await writeAtomically(options.plan, readFileSync(path, 'utf8'), (before?.mode ?? 0o640) & 0o777, before);
  io.stderr.write(
    languageOf(io.env) === 'zh' ? '计划已写入，数秒内生效\n' : 'written; it is in force within seconds\n',
  );
}

async function consent(io: Io, path: string): Promise<void> {
  if (io.ask === undefined) {
    throw new MusterError(
      'nobody-to-ask',
      'this plan drops or moves hosts that are enrolled, and nobody is at this terminal to ask',
      {
        exit: exitCode.usage,
        remedy: `muster plan apply ${path} --yes`,
      },
    );
  }
  const question = languageOf(io.env) === 'zh' ? '让该计划生效？' : 'Put this plan in force?';
  const answer = await io.ask(`${question} [y/N] `);
  if (!/^(y|yes|是)$/i.test(answer.trim())) throw new MusterError('not-confirmed', 'nothing was changed');
}
