import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MusterError } from '../../../shared/errors/errors.ts';
import { writeAtomically } from '../../../shared/node/files.ts';
import { type PlanChange, planChanges } from '../../plan/plan-changes.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { clean, json } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';
import { loadPlan } from './plan.ts';

/** `muster plan diff`: compares a plan with the plan in force. */
export async function diffPlan(io: Io, path: string, options: SocketOptions & { json?: true }): Promise<void> {
  const changes = await changesOf(io, path, options);
  io.stdout.write(options.json === undefined ? told(io, changes) : `${json(changes)}\n`);
}

export interface ApplyOptions extends SocketOptions {
  plan: string;
  yes?: true;
}

async function changesOf(io: Io, path: string, { socket }: SocketOptions): Promise<PlanChange[]> {
  const wanted = loadPlan(io, path);
  const client = createOperatorClient(socket);
  const [inForce, { hosts }, running] = await Promise.all([client.plan(), client.status(), client.running()]);
  return planChanges(inForce, wanted, hosts, running);
}

/** One line for each change. */
export function told(io: Io, changes: readonly PlanChange[]): string {
  const { language } = io;
  if (changes.length === 0) return `${words.nothingChanges[language]}\n`;
  const signs: Record<PlanChange['kind'], string> = {
    added: '+',
    removed: '-',
    changed: '~',
    settings: '~',
    'not-applied': '!',
  };
  return changes
    .map(
      ({ host, kind, text }) => `${signs[kind]} ${host === null ? '' : `${clean(host)}: `}${clean(text[language])}\n`,
    )
    .join('');
}

/**
 * `muster plan apply`: puts a plan in force. Throws MusterError `not-confirmed` (exit 1), `nobody-to-ask` (64), and
 * what `loadPlan` throws.
 */
export async function applyPlan(io: Io, path: string, options: ApplyOptions): Promise<void> {
  const changes = await changesOf(io, path, options);
  io.stderr.write(told(io, changes));
  if (changes.length === 0) return;
  // Files that the plan names must be next to the coordinator's plan file.
  if (dirname(resolve(path)) !== dirname(resolve(options.plan))) loadPlan(io, path, dirname(options.plan));
  if (changes.some(({ needsConsent }) => needsConsent) && options.yes === undefined) await consent(io, path);
  const before = statSync(options.plan, { throwIfNoEntry: false });
  await writeAtomically(options.plan, readFileSync(path, 'utf8'), {
    mode: (before?.mode ?? 0o640) & 0o777,
    like: before,
  });
  io.stderr.write(`${words.planWritten[io.language]}\n`);
}

async function consent(io: Io, path: string): Promise<void> {
  if (io.ask === undefined) {
    throw new MusterError('nobody-to-ask', { command: `muster plan apply ${path} --yes` });
  }
  const answer = await io.ask(`${words.putPlanInForce[io.language]} [y/N] `);
  if (!/^(y|yes|是)$/i.test(answer.trim())) throw new MusterError('not-confirmed');
}
