import type { LogPage } from '../../../shared/protocol/status.ts';
import { lineText } from '../../../shared/text/output-line.ts';
import { createOperatorClient } from '../client.ts';
import { untilInterrupted } from '../terminal/interrupt.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { clean, json, timeOfDay } from '../terminal/text.ts';
import { pause } from './pause.ts';
import { createPlace } from './whose.ts';

export interface LogsOptions extends SocketOptions {
  follow?: true;
  json?: true;
}

/** Prints the output of a host's steps; with `follow`, also new lines until Ctrl-C. */
export async function logs(io: Io, host: string, options: LogsOptions): Promise<void> {
  const client = createOperatorClient(options.socket, io.language);
  const format = options.json ? (line: Line) => json(line, 0) : createFormat(io);
  const signal = options.follow ? untilInterrupted() : AbortSignal.abort();
  const place = createPlace(client);
  for (;;) {
    const { lines } = await client.logs(host, place.after() ?? 0);
    if (place.hasMoved()) {
      place.restart();
      continue;
    }
    for (const line of lines.filter(place.isNew)) io.stdout.write(`${format(line)}\n`);
    place.read(lines);
    if (lines.length > 0) continue;
    if (signal.aborted) return;
    await pause(1000, signal);
  }
}

type Line = LogPage['lines'][number];

/** "12:03:04 packages | Setting up kubeadm…" */
function createFormat(io: Io): (line: Line) => string {
  const paint = createPaint(io.stdout, io.env);
  return (line) =>
    `${paint.faint(`${timeOfDay(line.at)} ${clean(line.step)} |`)} ${clean(lineText(line, io.language))}`;
}
