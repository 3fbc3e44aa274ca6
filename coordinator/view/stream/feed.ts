import type { Change, ClusterHead } from '../../../shared/protocol/stream.ts';
import type { PackedRow } from '../../../shared/status/packed-row.ts';
import { silentAfterMs } from '../../../shared/status/silence.ts';
import { createSliced } from '../../store/sliced.ts';
import { createChannel } from './channel.ts';
import { createRows, type RowsSource } from './rows.ts';

/** Polling interval for changes, in ms. */
const lookEveryMs = 500;
/** Interval of heartbeats without changes, in ms. */
const beatEveryMs = 10_000;

export interface FeedSource extends RowsSource {
  /** Names of planned hosts, in the plan's order. */
  names: () => readonly string[];
  head: () => ClusterHead;
  /** The newest sequence number of the event log. */
  newestEvent: () => number;
  /** Hosts read per round although their mark is unchanged, for values that depend on time. Default 24. */
  sweep?: number;
  /** See createSliced. */
  sliceMs?: number;
}

export type Feed = ReturnType<typeof createFeed>;

/**
 * Computes changes once for all readers, and only while there are readers. Invariant: a reader that has applied every
 * event has the same rows as `rows`.
 */
export function createFeed(source: FeedSource) {
  const { sweep = 24 } = source;
  const now = () => source.now().toISOString();
  const rows = createRows(source);
  let names: readonly string[] = [];
  const cluster = createClusterWatch(source);
  let swept = 0;
  let timer: NodeJS.Timeout | null = null;
  let readers = 0;
  const channel = createChannel({
    now: source.now,
    names: () => names,
    rows: rows.of,
    about: () => ({ silentAfterMs, ...cluster.current() }),
  });

  const { start: look, whenIdle } = createSliced(function* () {
    const wanted = source.names();
    rows.renew();
    if (wanted.join() !== names.join()) restart(wanted);
    const isDue = (index: number) => (index - swept + names.length) % names.length < sweep;
    for (const [index, name] of names.entries()) {
      rows.look(name, isDue(index));
      yield;
    }
    swept = (swept + sweep) % Math.max(1, names.length);
    tell();
  }, source.sliceMs);

  /** The set of hosts changed. */
  function restart(wanted: readonly string[]): void {
    rows.clear();
    names = [...wanted];
    cluster.look();
    channel.restart();
  }

  function tell(): void {
    const hosts = rows.takeChanges();
    const change = { now: now(), ...cluster.look(), hosts };
    const { head: newHead, newestEvent: newEvent } = change;
    if (newHead !== undefined || newEvent !== undefined || hosts.length > 0) channel.change(change);
    else if (channel.quietMs() >= beatEveryMs) channel.beat(change.now);
  }

  return {
    /**
     * Calls `send` at once with the events after `lastId` or the first rows of a snapshot, then with the other rows and
     * each event. Returns a function that unsubscribes.
     */
    subscribe(lastId: string | undefined, send: (text: string) => void): () => void {
      let hasLeft = false;
      look();
      timer ??= setInterval(look, lookEveryMs);
      readers += 1;
      const remove = channel.add(lastId, send);
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        remove();
        readers -= 1;
        if (readers > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
    /** Checks for changes now instead of at the next interval. */
    look,
    /** The rows of all hosts as they are now; reads only hosts that have changed since the last look. */
    read(): Promise<readonly PackedRow[]> {
      look();
      return new Promise((resolve) => whenIdle(() => resolve(rows.of(names))));
    },
  };
}

/** The cluster-wide part of the feed, and the newest event. */
function createClusterWatch(source: Pick<FeedSource, 'head' | 'newestEvent'>) {
  let head = '';
  let newestEvent = 0;
  return {
    current: (): { head: ClusterHead; newestEvent: number } => ({ head: JSON.parse(head), newestEvent }),
    /** The differences from the previous call. */
    look(): Pick<Change, 'head' | 'newestEvent'> {
      const before = { head, newestEvent };
      const nextHead = source.head();
      head = JSON.stringify(nextHead);
      newestEvent = source.newestEvent();
      return {
        ...(head === before.head ? {} : { head: nextHead }),
        ...(newestEvent === before.newestEvent ? {} : { newestEvent }),
      };
    },
  };
}
