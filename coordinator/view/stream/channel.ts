import { randomBytes } from 'node:crypto';
import type { Change, Rows, Snapshot } from '../../../shared/protocol/stream.ts';
import type { PackedRow } from '../../../shared/status/packed-row.ts';
import { createRing } from './ring.ts';

/** Characters of events kept for reconnecting readers. */
const kept = 4_000_000;

/** Rows in one event of a snapshot; about 150 kB. */
const usualRowsInEvent = 100;

interface ChannelSource {
  now: () => Date;
  /** All hosts, in plan order. */
  names: () => readonly string[];
  /** The rows of these hosts after the newest event. */
  rows: (names: readonly string[]) => PackedRow[];
  about: () => Pick<Snapshot, 'silentAfterMs' | 'head' | 'newestEvent'>;
  rowsInEvent?: number;
}

/** A reader; while its snapshot is incomplete, events have no id, so that it gets a new one if it reconnects. */
interface Reader {
  send: (text: string) => void;
  /** Hosts whose rows follow. */
  missing: readonly string[];
}

/** Numbers events, sends them to all readers and keeps the newest for reconnecting ones. */
export function createChannel({ now, names, rows, about, rowsInEvent = usualRowsInEvent }: ChannelSource) {
  const run = randomBytes(6).toString('hex');
  const ring = createRing(kept);
  const readers = new Set<Reader>();
  let seq = 0;
  let sentAt = 0;

  const body = (event: string, data: object) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  const numbered = (text: string) => `id: ${run}.${seq}\n${text}`;

  function give(reader: Reader, text: string): void {
    reader.send(reader.missing.length > 0 ? text : numbered(text));
  }

  function sendAll(text: string): void {
    sentAt = now().getTime();
    for (const reader of readers) give(reader, text);
  }

  /** Sends the first rows at once and the others in the next turns of the event loop, each as it is then. */
  function begin(reader: Reader): void {
    const all = names();
    const hosts = rows(all.slice(0, rowsInEvent));
    reader.missing = all.slice(rowsInEvent);
    give(reader, body('snapshot', { now: now(), ...about(), names: all, hosts }));
    if (reader.missing.length > 0) setImmediate(proceed, reader, reader.missing);
  }

  function proceed(reader: Reader, missing: readonly string[]): void {
    // The reader has left, or another snapshot has begun.
    if (!readers.has(reader) || reader.missing !== missing) return;
    const data = { now: now(), hosts: rows(missing.slice(0, rowsInEvent)) };
    reader.missing = missing.slice(rowsInEvent);
    give(reader, body('rows', data satisfies { now: unknown } & Omit<Rows, 'now'>));
    if (reader.missing.length > 0) setImmediate(proceed, reader, reader.missing);
  }

  /** The events after `lastId`; null: some are no longer available. */
  function missed(lastId: string | undefined): string | null {
    const [itsRun, itsSeq] = (lastId ?? '').split('.');
    const events = itsRun === run && /^\d+$/.test(itsSeq ?? '') ? ring.after(Number(itsSeq), seq) : null;
    if (events === null) return null;
    // Without missed events, the reader still needs the coordinator's time.
    return [...events.map(({ text }) => text), numbered(body('beat', { now: now() }))].join('');
  }

  return {
    change(change: Change): void {
      seq += 1;
      const text = body('change', change);
      ring.push({ seq, text: numbered(text) });
      sendAll(text);
    },
    /** Sends everyone a snapshot that replaces all earlier events, also for reconnecting readers. */
    restart(): void {
      seq += 1;
      ring.clear();
      sentAt = now().getTime();
      for (const reader of readers) begin(reader);
    },
    beat: (at: string) => sendAll(body('beat', { now: at })),
    /** Milliseconds since the last event. */
    quietMs: () => now().getTime() - sentAt,
    /**
     * Sends `send` the events it missed after `lastId` or a snapshot, then each new one. Returns a function that removes
     * the reader.
     */
    add(lastId: string | undefined, send: (text: string) => void): () => void {
      const reader: Reader = { send, missing: [] };
      readers.add(reader);
      const events = missed(lastId);
      if (events === null) begin(reader);
      else send(events);
      return () => void readers.delete(reader);
    },
  };
}
