import { randomBytes } from 'node:crypto';
import type { Change, Snapshot } from '../../../shared/protocol/stream.ts';
import { createRing } from './ring.ts';

/** Characters of events kept for reconnecting readers. */
const kept = 4_000_000;

interface ChannelSource {
  now: () => Date;
  /** The state after the newest event. */
  snapshot: () => Snapshot;
}

/** Numbers events, sends them to all readers and keeps the newest for reconnecting ones. */
export function createChannel({ now, snapshot }: ChannelSource) {
  const run = randomBytes(6).toString('hex');
  const ring = createRing(kept);
  const readers = new Set<(text: string) => void>();
  let seq = 0;
  let sentAt = 0;

  const format = (event: string, data: object) =>
    `id: ${run}.${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

  function send(text: string): void {
    sentAt = now().getTime();
    for (const reader of readers) reader(text);
  }

  function publish(event: string, data: Change | Snapshot): void {
    seq += 1;
    const text = format(event, data);
    ring.push({ seq, text });
    send(text);
  }

  /** The events after `lastId`, or a snapshot if some are no longer available. */
  function missed(lastId: string | undefined): string {
    const [itsRun, itsSeq] = (lastId ?? '').split('.');
    const events = itsRun === run && /^\d+$/.test(itsSeq ?? '') ? ring.after(Number(itsSeq), seq) : null;
    // Without missed events, the reader still needs the coordinator's time.
    if (events !== null) return [...events.map(({ text }) => text), format('beat', { now: now() })].join('');
    return format('snapshot', snapshot());
  }

  return {
    change: (change: Change) => publish('change', change),
    /** Publishes a snapshot that replaces all earlier events for reconnecting readers. */
    restart(): void {
      ring.clear();
      publish('snapshot', snapshot());
    },
    beat: (at: string) => send(format('beat', { now: at })),
    /** Milliseconds since the last event. */
    quietMs: () => now().getTime() - sentAt,
    /**
     * Sends `reader` the events it missed after `lastId`, then each new one. Returns a function that removes the reader.
     */
    add(lastId: string | undefined, reader: (text: string) => void): () => void {
      reader(missed(lastId));
      readers.add(reader);
      return () => void readers.delete(reader);
    },
  };
}
