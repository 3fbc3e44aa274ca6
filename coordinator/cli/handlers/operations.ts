import { actionCatalogue } from '../../../shared/actions/catalogue.ts';
import { partTitles } from '../../../shared/actions/parts.ts';
import type { Operation, OperationPart } from '../../../shared/protocol/operation.ts';
import type { Language } from '../../../shared/text/local-text.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { clean, json, utc } from '../terminal/text.ts';

export interface OperationsOptions extends SocketOptions {
  json?: true;
}

/** Prints the operations on hosts and their parts, newest first. */
export async function operations(io: Io, options: OperationsOptions): Promise<void> {
  const all = await createOperatorClient(options.socket).operations();
  if (options.json !== undefined) return void io.stdout.write(`${json(all)}\n`);
  const language = io.language;
  const paint = createPaint(io.stdout, io.env);
  for (const operation of all) {
    const { host, kind, by, startedAt, outcome } = operation;
    const state = outcome === null ? '' : ` (${outcome})`;
    io.stdout.write(
      `${paint.strong(`${clean(host)}: ${actionCatalogue[kind].name[language]}`)}${state}  ${utc(startedAt)}  ${clean(by)}\n`,
    );
    for (const line of partLines(operation, language)) io.stdout.write(`  ${line}\n`);
  }
}

const marks: Record<OperationPart['state'], string> = {
  pending: ' ',
  working: '…',
  done: '✓',
  skipped: '-',
  failed: '✗',
};

/** A line for each started part: "… Evict its pods: 2 of 5 pods evicted". */
export function partLines({ parts }: Operation, language: Language): string[] {
  return parts
    .filter(({ state }) => state !== 'pending')
    .map(({ id, state, message }) => {
      const said = clean(message[language]);
      return `${marks[state]} ${partTitles[id][language]}${said === '' ? '' : `: ${said}`}`;
    });
}
