import { MusterError } from '../../../shared/errors/errors.ts';
import type { Explanation } from '../../../shared/protocol/explanation.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { clean, json } from '../terminal/text.ts';

export interface ExplainOptions extends SocketOptions {
  json?: true;
}

/** Prints a host's explanation in one paragraph, and below it the evidence. */
export async function explain(io: Io, name: string, options: ExplainOptions): Promise<void> {
  const { hosts } = await createOperatorClient(options.socket, io.language).status();
  const host = hosts.find((one) => one.name === name);
  if (host === undefined) {
    throw new MusterError('host-unknown', { host: name, known: hosts.map((one) => one.name) });
  }
  const { explanation, diagnosis, phase } = host;
  if (options.json)
    return void io.stdout.write(`${json({ host: name, phase, explanation, diagnosis } satisfies Explanation)}\n`);
  const paint = createPaint(io.stdout, io.env);
  io.stdout.write(`${clean(explanation[io.language])}\n`);
  for (const line of diagnosis?.evidence ?? []) io.stdout.write(`${paint.faint(`  | ${clean(line)}`)}\n`);
}
