import { createOperatorClient } from '../client.ts';
import type { Selection } from '../status-pages.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { json } from '../terminal/text.ts';
import { hostTable } from './host-table.ts';
import { readSelected, selectionOf } from './selection.ts';

export interface HostsOptions extends SocketOptions, Selection {
  json?: true;
}

/** Prints the planned hosts and their machines. */
export async function hosts(io: Io, options: HostsOptions): Promise<void> {
  const client = createOperatorClient(options.socket, io.language);
  const { hosts, coordinator } = await readSelected(client.status, selectionOf(options));
  if (options.json) return void io.stdout.write(`${json(hosts)}\n`);
  const style = { paint: createPaint(io.stdout, io.env), language: io.language };
  io.stdout.write(`${hostTable(hosts, 'hosts', Date.parse(coordinator.now), style).join('\n')}\n`);
}
