import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { json } from '../terminal/text.ts';
import { overview } from './overview.ts';

export interface StatusOptions extends SocketOptions {
  json?: true;
  watch?: true;
  wait?: true;
  /** Seconds. */
  timeout: number;
}

export async function status(io: Io, options: StatusOptions): Promise<void> {
  const client = createOperatorClient(options.socket, io.language);
  if (options.wait) return (await import('./wait.ts')).waitUntilReady(client, io, options.timeout);
  if (options.watch) return (await import('./watch.ts')).watch(client, io);
  if (options.json) return void io.stdout.write(`${json(await client.rawStatus())}\n`);
  const lines = overview(await client.status(), {
    paint: createPaint(io.stdout, io.env),
    language: io.language,
    columns: io.stdout.columns,
  });
  io.stdout.write(`${lines.join('\n')}\n`);
}
