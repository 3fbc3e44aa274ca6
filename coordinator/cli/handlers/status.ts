import { createOperatorClient, type OperatorClient } from '../client.ts';
import type { Selection } from '../status-pages.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { json } from '../terminal/text.ts';
import { overview } from './overview.ts';
import { readSelected, selectionOf, usualLimit } from './selection.ts';

export interface StatusOptions extends SocketOptions, Selection {
  json?: true;
  watch?: true;
  wait?: true;
  /** Seconds. */
  timeout: number;
}

export async function status(io: Io, options: StatusOptions): Promise<void> {
  const client = createOperatorClient(options.socket, io.language);
  const selection = selectionOf(options);
  if (options.wait) return (await import('./wait.ts')).waitUntilReady(client, io, options.timeout);
  if (options.watch) return (await import('./watch.ts')).watch(client, io, selection);
  if (options.json) return printJson(client, io, selection);
  const lines = overview(await readSelected(client.status, { limit: usualLimit, ...selection }), {
    paint: createPaint(io.stdout, io.env),
    language: io.language,
    columns: io.stdout.columns,
    selection,
  });
  io.stdout.write(`${lines.join('\n')}\n`);
}

/** All hosts unless the options select some; only then the answer says how many they are. */
async function printJson(client: OperatorClient, io: Io, selection: Selection): Promise<void> {
  const { page, ...whole } = await readSelected(client.rawStatus, selection);
  const isWhole = Object.keys(selection).length === 0;
  io.stdout.write(`${json(isWhole ? whole : { ...whole, page })}\n`);
}
