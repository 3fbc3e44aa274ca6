import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { json } from '../terminal/text.ts';
import { hostTable } from './host-table.ts';

export interface HostsOptions extends SocketOptions {
  json?: true;
}

/** Prints the planned hosts and their machines. */
export async function hosts(io: Io, options: HostsOptions): Promise<void> {
  const { hosts, coordinator } = await createOperatorClient(options.socket, io.language).status();
  if (options.json) return void io.stdout.write(`${json(hosts)}\n`);
  const style = { paint: createPaint(io.stdout, io.env), language: io.language };
  io.stdout.write(`${hostTable(hosts, 'hosts', Date.parse(coordinator.now), style).join('\n')}\n`);
}
