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
  const { explanation, diagnosis, phase } = await createOperatorClient(options.socket, io.language).host(name);
  if (options.json)
    return void io.stdout.write(`${json({ host: name, phase, explanation, diagnosis } satisfies Explanation)}\n`);
  const paint = createPaint(io.stdout, io.env);
  io.stdout.write(`${clean(explanation[io.language])}\n`);
  for (const line of diagnosis?.evidence ?? []) io.stdout.write(`${paint.faint(`  | ${clean(line)}`)}\n`);
}
