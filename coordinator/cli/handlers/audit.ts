import type { AuditEntry } from '../../../shared/protocol/audit.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { type Cell, table } from '../terminal/table.ts';
import { clean, dayAndTime, json } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';
import { sayWhose } from './whose.ts';

export interface AuditOptions extends SocketOptions {
  /** ISO 8601. */
  since?: string;
  json?: true;
  local?: true;
}

/** Prints the audit log, oldest first. */
export async function audit(io: Io, options: AuditOptions): Promise<void> {
  const client = createOperatorClient(options.socket, io.language, { isLocal: options.local === true });
  const entries = await client.audit(options.since);
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
  sayWhose(io, client.answeredBy(), 'audit');
}

function outcomeCell({ outcome, count }: AuditEntry, refused: (text: string) => string): Cell {
  const text = `${clean(outcome)}${count > 1 ? ` ×${count}` : ''}`;
  return outcome === 'ok' ? { text } : { text, paint: refused };
}
