import type { Event } from '../../../shared/protocol/status.ts';
import { createOperatorClient } from '../client.ts';
import { untilInterrupted } from '../terminal/interrupt.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { clean, dayAndTime, json } from '../terminal/text.ts';
import { pause } from './pause.ts';
import { createPlace, sayWhose } from './whose.ts';

export interface EventsOptions extends SocketOptions {
  follow?: true;
  host?: string;
  kind?: string;
  /** ISO 8601. */
  since?: string;
  json?: true;
  local?: true;
}

/** Prints events, oldest first; with `follow`, also new ones until Ctrl-C, including those of a later active coordinator. */
export async function events(io: Io, options: EventsOptions): Promise<void> {
  const { host, kind, follow, socket } = options;
  const client = createOperatorClient(socket, io.language, { isLocal: options.local === true });
  const format = options.json ? (event: Event) => json(event, 0) : createFormat(io);
  const signal = follow ? untilInterrupted() : AbortSignal.abort();
  const place = createPlace(client);
  let { since } = options;
  for (;;) {
    const found = await client.events({ host, kind, since, after: place.after() });
    if (place.hasMoved()) {
      since = place.newest() ?? since;
      place.restart();
      continue;
    }
    for (const event of found.filter(place.isNew)) io.stdout.write(`${format(event)}\n`);
    if (!options.json && place.isFirst()) sayWhose(io, client.answeredBy(), 'events');
    place.read(found);
    if (signal.aborted) return;
    await pause(1000, signal);
    if (signal.aborted) return;
  }
}

/** "2026-03-04 12:03:04  node01  host-ready  Ready, with every step done". */
function createFormat(io: Io): (event: Event) => string {
  const paint = createPaint(io.stdout, io.env);
  return ({ at, host, kind, message }) =>
    [paint.faint(dayAndTime(at)), paint.strong(clean(host ?? '-')), clean(kind), clean(message)].join('  ');
}
