import type { Change, ClusterHead } from '../../../shared/protocol/stream.ts';
import { silentAfterMs } from '../../../shared/status/silence.ts';
import { createChannel } from './channel.ts';
import { createRows, type RowsSource } from './rows.ts';

/** How soon a change is seen. */
const lookEveryMs = 500;
/** Without a change for that long, readers are told that the coordinator is still there. */
const beatEveryMs = 10_000;

export interface FeedSource extends RowsSource {
  /** Planned names, in the plan's order. */
  names: () => readonly string[];
  head: () => ClusterHead;
  /** The newest entry of the event log. */
  newestEvent: () => number;
  /** How many hosts are read in each round although no mark has changed: for what only time changes. Default 24. */
  sweep?: number;
}

export type Feed = ReturnType<typeof createFeed>;

/**
 * What has changed, computed once for all readers, and only while there are any. Invariant: a reader that has applied every event has the
 * rows as they are in `rows`.
 */
export function createFeed(source: FeedSource) {
  const { sweep = 24 } = source;
  const now = () => source.now().toISOString();
  const rows = createRows(source);
  let names: readonly string[] = [];
  const cluster = createClusterWatch(source);
  let swept = 0;
  let timer: NodeJS.Timeout | null = null;
  const snapshot = () => ({ now: now(), silentAfterMs, ...cluster.current(), hosts: rows.all() });
  const channel = createChannel({ now: source.now, snapshot });

  function look(): void {
    const wanted = source.names();
    if (wanted.join() === names.join()) lookAtAll();
    else restart(wanted);
  }

  function lookAtAll(): void {
    const change = { now: now(), ...cluster.look(), hosts: hostChanges() };
    const { head: newHead, newestEvent: newEvent, hosts } = change;
    if (newHead !== undefined || newEvent !== undefined || hosts.length > 0) channel.change(change);
    else if (channel.quietMs() >= beatEveryMs) channel.beat(change.now);
  }

  function hostChanges(): Change['hosts'] {
    const marks = source.marks();
    const isDue = (index: number) => (index - swept + names.length) % names.length < sweep;
    const changes = names.flatMap((name, index) => rows.look(name, marks.get(name), isDue(index)) ?? []);
    swept = (swept + sweep) % Math.max(1, names.length);
    return changes;
  }

  /** The plan has other hosts than before. */
  function restart(wanted: readonly string[]): void {
    names = [...wanted];
    cluster.look();
    rows.restart(names);
    channel.restart();
  }

  return {
    /** Calls `send` with the events after `lastId`, or with a snapshot, at once, and then with each event. Returns how to end it. */
    subscribe(lastId: string | undefined, send: (text: string) => void): () => void {
      look();
      const remove = channel.add(lastId, send);
      timer ??= setInterval(look, lookEveryMs);
      return () => {
        if (remove() > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
    /** Looks now, rather than at the next round. */
    look,
  };
}

/** What is said of the cluster as a whole, and the newest event. */
function createClusterWatch(source: Pick<FeedSource, 'head' | 'newestEvent'>) {
  let head = '';
  let newestEvent = 0;
  return {
    current: (): { head: ClusterHead; newestEvent: number } => ({ head: JSON.parse(head), newestEvent }),
    /** What differs from the look before. */
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
