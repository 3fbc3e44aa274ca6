import { retriedSchema, updateRoutes, updatesSchema } from '../../shared/protocol/updates.ts';
import { callOperator } from './client.ts';
import type { Io, SocketOptions } from './io.ts';
import { createPaint } from './paint.ts';
import { type Cell, table } from './table.ts';
import { clean, json } from './text.ts';

export interface UpdatesOptions extends SocketOptions {
  json?: true;
  retry?: true;
}

const states = {
  current: ['up to date', 'good'],
  asked: ['updating', 'busy'],
  waiting: ['waits for its turn', 'idle'],
  failed: ['failed', 'bad'],
  away: ['not heard of', 'warn'],
  off: ['off, by the plan', 'idle'],
} as const;

/** Shows which agents have the coordinator's version; with --retry, lets updates go on after a failure. */
export async function updates(io: Io, options: UpdatesOptions): Promise<void> {
  if (options.retry) {
    const { hosts } = await callOperator(options.socket, retriedSchema, updateRoutes.retry, {
      method: 'POST',
      json: {},
    });
    io.stderr.write(hosts.length === 0 ? 'No update had failed.\n' : `Tried again: ${hosts.map(clean).join(', ')}\n`);
  }
  const view = await callOperator(options.socket, updatesSchema, updateRoutes.updates);
  if (options.json) return void io.stdout.write(`${json(view)}\n`);
  const paint = createPaint(io.stdout, io.env);
  const heading = ['HOST', 'AGENT', 'STATE', ''].map((text): Cell => ({ text, paint: paint.faint }));
  const rows = view.hosts.map(({ name, agentVersion, state, message }) => {
    const [text, tone] = states[state];
    return [clean(name), clean(agentVersion), { text, paint: (it: string) => paint.tone(tone, it) }, clean(message)];
  });
  const about =
    view.version === null ? 'This coordinator has no release for agents.' : `Coordinator: ${clean(view.version)}`;
  io.stdout.write(`${[about, ...table([heading, ...rows])].join('\n')}\n`);
}
