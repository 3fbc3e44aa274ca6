import type { AuditEntry } from '../../../shared/protocol/audit.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { type Cell, table } from '../terminal/table.ts';
import { clean, dayAndTime, json } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';

export interface AuditOptions extends SocketOptions {
  /** ISO 8601. */
  since?: string;
  json?: true;
}

/** Prints the audit log, oldest first. */
export async function audit(io: Io, options: AuditOptions): Promise<void> {
  const entries = await createOperatorClient(options.socket, io.language).audit(options.since);
  if (options.json) return void io.stdout.write(entries.map((entry) => `${json(entry, 0)}\n`).join(''));
  const paint = createPaint(io.stdout, io.env);
  const { time, actor, from, action, subject, outcome } = words;
  const heading = [time, actor, from, action, subject, outcome].map(
    (text): Cell => ({ text: text[io.language], paint: paint.faint }),
  );
  const rows = entries.map((entry): (string | Cell)[] => [
    dayAndTime(entry.at),
    clean(entry.actor),
    clean(entry.remote) || '-',
    clean(entry.action),
    clean(entry.subject) || '-',
    outcomeCell(entry, (text) => paint.tone('bad', text)),
  ]);
  io.stdout.write(`${table([heading, ...rows]).join('\n')}\n`);
}

function outcomeCell({ outcome, count }: AuditEntry, refused: (text: string) => string): Cell {
  const text = `${clean(outcome)}${count > 1 ? ` ×${count}` : ''}`;
  return outcome === 'ok' ? { text } : { text, paint: refused };
}
