import { setTimeout as sleep } from 'node:timers/promises';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Change } from '../store/replicated.ts';
import type { Store } from '../store/store.ts';
import type { Files } from './files/files.ts';
import type { Log } from './log.ts';
import type { Memory } from './memory.ts';
import { inParts } from './packing.ts';

/** Rows in one batch. */
const mostRows = 500;
/** Pause before a request that got no answer is repeated, in ms. */
const retryMs = 200;

export interface SenderOptions {
  store: Store;
  memory: Memory;
  files: Files;
  mayAct: () => boolean;
  /** Batches after which the log is replaced by a snapshot. Default 200. */
  compactAfter?: number;
}

/** The time from one takeover to the next loss. */
interface Term {
  log: Log;
  sequence: number;
  sinceSnapshot: number;
}

export type Sender = ReturnType<typeof createSender>;

/**
 * Writes what this coordinator changed to the log, in order and in batches. A batch is repeated unchanged until it is
 * known to be written, or until this coordinator may no longer act.
 */
export function createSender({ store, memory, files, mayAct, compactAfter = 200 }: SenderOptions) {
  let term: Term | null = null;
  let running: Promise<void> | null = null;

  async function append(own: Term, changes: Change[]): Promise<void> {
    const record = own.log.batch({ sequence: own.sequence + 1, revision: store.revision.current(), changes });
    for (;;) {
      try {
        await own.log.append(record);
        own.sequence += 1;
        own.sinceSnapshot += 1;
        return;
      } catch (error) {
        if (!isUncertain(error) || !mayAct() || term !== own) throw error;
        await sleep(retryMs);
      }
    }
  }

  /** false: there was nothing to send. */
  async function sendSome(own: Term): Promise<boolean> {
    const fileChanges = await files.changed();
    const rows = store.replicated.pending(mostRows);
    const waiting = [...rows.map(({ change }) => change), ...fileChanges];
    if (waiting.length === 0) return false;
    let done = 0;
    for (const changes of inParts(waiting)) {
      if (!mayAct()) throw new MusterError('no-active');
      await append(own, changes);
      if (term !== own) return false;
      done += changes.length;
      const last = rows[Math.min(done, rows.length) - 1]?.id ?? 0;
      store.transaction(() => {
        store.replicated.forget(last);
        memory.contains(own.sequence);
      });
      for (const change of changes) if (files.isFile(change)) await files.sent(change);
    }
    return true;
  }

  async function sendAll(own: Term): Promise<void> {
    while (term === own && (await sendSome(own)));
    if (term === own && own.sinceSnapshot >= compactAfter) await compact(own);
  }

  /** Only while nothing waits to be sent is the store's state that of the newest batch. */
  async function compact(own: Term): Promise<void> {
    const fileChanges = await files.all();
    if (store.replicated.pending(1).length > 0) return;
    const changes = [...store.replicated.all(), ...fileChanges];
    own.sinceSnapshot = 0;
    await own.log.snapshot({ sequence: own.sequence, revision: store.revision.current(), changes });
  }

  return {
    /** Starts to write after the batch `sequence`. */
    start(log: Log, sequence: number): void {
      term = { log, sequence, sinceSnapshot: 0 };
    },
    stop(): void {
      term = null;
    },
    sequence: (): number => term?.sequence ?? 0,
    /** Differs from one takeover to the next. */
    term: (): object | null => term,
    /** Announces this coordinator's revision, even without changes. */
    async announce(): Promise<void> {
      if (term === null) return;
      const { sequence } = term;
      await append(term, []);
      store.transaction(() => memory.contains(sequence + 1));
    },
    /** Resolves when everything committed so far is in the API. Throws MusterError `superseded`, `kube-unreachable` … */
    async flush(): Promise<void> {
      while (running !== null) await running.catch(() => undefined);
      if (term === null) return;
      running = sendAll(term);
      try {
        await running;
      } finally {
        running = null;
      }
    },
  };
}

/** Whether the request may have been performed all the same, or may succeed later. */
const isUncertain = (error: unknown): boolean =>
  error instanceof MusterError &&
  (error.code === 'kube-unreachable' || (error.code === 'kube-refused' && error.status >= 429));
