import { randomBytes } from 'node:crypto';
import type { HostStatus } from '../../../shared/protocol/status.ts';
import type { Change, ClusterHead, Snapshot } from '../../../shared/protocol/stream.ts';
import { type HostRow, rowOf } from '../../../shared/status/row.ts';
import { silentAfterMs } from '../../../shared/status/silence.ts';
import { rowChange } from './change.ts';
import { createRing } from './ring.ts';

/** How soon a change is seen. */
const lookEveryMs = 500;
/** Without a change for that long, readers are told that the coordinator is still there. */
const beatEveryMs = 10_000;
/** Characters of changes that are kept for readers that come back. */
const kept = 4_000_000;

export interface FeedSource {
  now: () => Date;
  /** Planned names, in the plan's order. */
  names: () => readonly string[];
  head: () => ClusterHead;
  host: (name: string) => HostStatus | undefined;
  /** The newest entry of the event log. */
  newestEvent: () => number;
  /** By host: a text that differs when its record or its reports do. */
  marks: () => ReadonlyMap<string, string>;
  /** Milliseconds since the epoch; null: never. */
  lastContact: (name: string) => number | null;
  /**
   * How many hosts are looked at anew in each round although no mark has changed: what time alone changes, and what no mark tells of.
   * Default 24.
   */
  sweep?: number;
}

export type Feed = ReturnType<typeof createFeed>;

interface Known {
  row: HostRow;
  mark: string | undefined;
  /** The last contact that was silence's measure when the row was made. */
  silent: boolean;
}

/**
 * What has changed, worked out once for all readers, and only while there are any. Invariant: whoever has applied every event up to `seq`
 * has the rows as they are in `known`.
 */
export function createFeed(source: FeedSource) {
  const { sweep = 24 } = source;
  const run = randomBytes(6).toString('hex');
  const ring = createRing(kept);
  const readers = new Set<(text: string) => void>();
  let known = new Map<string, Known>();
  let names: readonly string[] = [];
  let head = '';
  let newestEvent = 0;
  let seq = 0;
  let swept = 0;
  let spokenAt = 0;
  let timer: NodeJS.Timeout | null = null;

  function look(): void {
    const wanted = source.names();
    if (wanted.join() === names.join()) lookAtAll();
    else restart(wanted);
  }

  function lookAtAll(): void {
    const marks = source.marks();
    const change: Change = { now: source.now().toISOString(), hosts: [] };
    const nextHead = source.head();
    const nextHeadText = JSON.stringify(nextHead);
    if (nextHeadText !== head) change.head = nextHead;
    head = nextHeadText;
    const newest = source.newestEvent();
    if (newest !== newestEvent) change.newestEvent = newest;
    newestEvent = newest;
    for (const [index, name] of names.entries()) {
      const changed = lookAt(name, marks.get(name), (index - swept + names.length) % names.length < sweep);
      if (changed !== null) change.hosts.push(changed);
    }
    swept = (swept + sweep) % Math.max(1, names.length);
    const { head: newHead, hosts, newestEvent: news } = change;
    if (newHead !== undefined || news !== undefined || hosts.length > 0) publish('change', change);
    else if (source.now().getTime() - spokenAt >= beatEveryMs) beat(change.now);
  }

  function lookAt(name: string, mark: string | undefined, anyway: boolean): Change['hosts'][number] | null {
    const before = known.get(name);
    if (before === undefined) return null;
    const contact = source.lastContact(name);
    const silent = isSilent(contact);
    if (!anyway && mark === before.mark && silent === before.silent) return contacted(before, contact);
    const host = source.host(name);
    if (host === undefined) return null;
    const revision = mark === before.mark ? before.row.revision : before.row.revision + 1;
    const row = rowOf(host, revision);
    known.set(name, { row, mark, silent });
    return rowChange(before.row, row);
  }

  /** Most of what happens in a quiet cluster: a host has polled. */
  function contacted({ row }: Known, contact: number | null): Change['hosts'][number] | null {
    const lastContactAt = contact === null ? null : new Date(contact).toISOString();
    if (lastContactAt === row.lastContactAt) return null;
    row.lastContactAt = lastContactAt;
    return { name: row.name, lastContactAt };
  }

  function isSilent(contact: number | null): boolean {
    return contact !== null && source.now().getTime() - contact > silentAfterMs;
  }

  /** Other hosts are planned than before: everything anew. */
  function restart(wanted: readonly string[]): void {
    names = [...wanted];
    head = JSON.stringify(source.head());
    newestEvent = source.newestEvent();
    const marks = source.marks();
    const rows = names.flatMap((name) => {
      const host = source.host(name);
      return host === undefined ? [] : [rowOf(host, 0)];
    });
    known = new Map(
      rows.map((row) => [row.name, { row, mark: marks.get(row.name), silent: isSilent(source.lastContact(row.name)) }]),
    );
    ring.clear();
    publish('snapshot', snapshot());
  }

  function snapshot(): Snapshot {
    return {
      now: source.now().toISOString(),
      silentAfterMs,
      head: JSON.parse(head),
      hosts: [...known.values()].map(({ row }) => row),
      newestEvent,
    };
  }

  function publish(event: string, data: Change | Snapshot): void {
    seq += 1;
    const text = format(event, data);
    ring.push({ seq, text });
    tell(text);
  }

  function beat(now: string): void {
    tell(format('beat', { now }));
  }

  function tell(text: string): void {
    spokenAt = source.now().getTime();
    for (const send of readers) send(text);
  }

  function format(event: string, data: object): string {
    return `id: ${run}.${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  }

  /** What a reader that has seen everything up to `lastId` has missed, else all there is. */
  function missed(lastId: string | undefined): string {
    const [itsRun, itsSeq] = (lastId ?? '').split('.');
    const events = itsRun === run && /^\d+$/.test(itsSeq ?? '') ? ring.after(Number(itsSeq), seq) : null;
    // A reader that has missed nothing still learns what time it is.
    if (events !== null) return [...events.map(({ text }) => text), format('beat', { now: source.now() })].join('');
    return format('snapshot', snapshot());
  }

  return {
    /** Calls `send` with the events after `lastId`, or with a snapshot, at once, and then with each as it comes. Returns how to end it. */
    subscribe(lastId: string | undefined, send: (text: string) => void): () => void {
      look();
      send(missed(lastId));
      readers.add(send);
      timer ??= setInterval(look, lookEveryMs);
      return () => {
        readers.delete(send);
        if (readers.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
    /** Looks now, rather than at the next round. */
    look,
  };
}
