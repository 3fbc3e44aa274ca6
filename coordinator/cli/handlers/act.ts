import type { Action } from '../../../shared/actions/catalogue.ts';
import { evictionSeconds } from '../../../shared/actions/removal.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { ActionPreview, ActionRequest, Operation } from '../../../shared/protocol/operation.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import { createOperatorClient, type OperatorClient } from '../client.ts';
import { untilInterrupted } from '../terminal/interrupt.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { clean, json } from '../terminal/text.ts';
import { partLines } from './operations.ts';
import { pause } from './pause.ts';

export interface ActOptions extends SocketOptions {
  yes?: true;
  json?: true;
  force?: true;
  /** Seconds. */
  timeout?: number;
  /** false: return at once. */
  wait?: boolean;
  reason?: string;
  boot?: string;
  machine?: string;
}

/**
 * Prints an action's effects, asks for confirmation if it is destructive, runs it and prints its progress. Throws
 * MusterError: the refusal, `not-confirmed` (exit 1), `nobody-to-ask` (64), `operation-stuck` (1).
 */
export async function act(io: Io, host: string, action: Action, options: ActOptions): Promise<void> {
  const client = createOperatorClient(options.socket);
  const say = (text: LocalText) => clean(text[io.language]);
  const preview = (await client.previews(host)).find((one) => one.action === action);
  if (preview === undefined) throw new MusterError('action-unknown', { action });
  refuse(preview, options);
  if (options.json === undefined) for (const effect of preview.effects) io.stderr.write(`- ${say(effect)}\n`);
  if (preview.dangerous && options.yes === undefined) await confirm(io, host, action, options);

  const { message, operation, command } = await client.act(host, requestOf(action, options), whoCalls(io));
  if (options.json !== undefined) return void io.stdout.write(`${json({ message, operation, command })}\n`);
  io.stderr.write(`${say(message)}\n`);
  if (command !== null) return void io.stdout.write(`${clean(command)}\n`);
  if (operation !== null && options.wait !== false) await follow(io, client, operation);
}

function refuse({ refusal, forcible }: ActionPreview, { force }: ActOptions): void {
  if (refusal === null || (forcible && force)) return;
  throw new MusterError(refusal);
}

async function confirm(io: Io, host: string, action: Action, options: ActOptions): Promise<void> {
  if (io.ask === undefined) {
    throw new MusterError('nobody-to-ask', { command: commandOf(host, action, options) });
  }
  const question = { en: `${action} ${clean(host)}?`, zh: `对 ${clean(host)} 执行 ${action}？` };
  const answer = await io.ask(`${question[io.language]} [y/N] `);
  if (!/^(y|yes|是)$/i.test(answer.trim())) throw new MusterError('not-confirmed');
}

/** The same command without the question. */
function commandOf(host: string, action: Action, { force, timeout, wait, reason, boot, machine }: ActOptions): string {
  const given = [
    force === true ? '--force' : '',
    timeout === undefined || timeout === evictionSeconds ? '' : `--timeout ${timeout}`,
    wait === false ? '--no-wait' : '',
    reason === undefined ? '' : `--reason ${quoted(reason)}`,
    boot === undefined ? '' : `--boot ${quoted(boot)}`,
    machine === undefined ? '' : `--machine ${quoted(machine)}`,
  ];
  return ['muster', action, host, ...given.filter((option) => option !== ''), '--yes'].join(' ');
}

/** For a shell. */
const quoted = (text: string): string => (/^[\w.,:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function requestOf(action: Action, { force, timeout, reason, boot, machine }: ActOptions): ActionRequest {
  const picked = boot ?? machine;
  return {
    action,
    ...(force === undefined ? {} : { force }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
    ...(reason === undefined ? {} : { reason }),
    ...(picked === undefined ? {} : { machine: picked }),
  };
}

const whoCalls = ({ env }: Io): string => clean(env.SUDO_USER || env.USER || env.LOGNAME || 'root').slice(0, 64);

/** Prints each change until the operation has ended. Ctrl-C ends the printing, not the operation. */
async function follow(io: Io, client: OperatorClient, begun: Operation): Promise<void> {
  const signal = untilInterrupted();
  const told = new Set<string>();
  while (!signal.aborted) {
    const now = (await client.operations()).find(({ id }) => id === begun.id) ?? begun;
    for (const line of partLines(now, io.language)) {
      if (!told.has(line)) io.stdout.write(`${line}\n`);
      told.add(line);
    }
    if (now.parts.some(({ state }) => state === 'failed')) {
      throw new MusterError('operation-stuck', { kind: now.kind, host: now.host });
    }
    if (now.endedAt !== null) return;
    await pause(500, signal);
  }
}
