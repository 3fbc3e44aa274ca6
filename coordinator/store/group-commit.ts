import { MusterError } from '../../shared/errors/errors.ts';

interface Waiting {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** How long the first piece of work may wait for more, in ms. */
const gatherMs = 10;

/** How long the work of one transaction may occupy the event loop, in ms. */
const sliceMs = 10;

/** Seconds over which those that are turned away return. */
const spreadSeconds = 5;

/** MusterError 503 with a Retry-After that differs, so that a herd does not return together. */
export const busy = (waiting: number) =>
  new MusterError('busy', { waiting }, { retryAfter: 1 + Math.floor(Math.random() * spreadSeconds) });

export type GroupCommit = ReturnType<typeof createGroupCommit>;

/**
 * Combines work that arrives within one turn of the event loop into one transaction, and keeps collecting while each
 * turn brings more, so that many reports share one disk sync. More than fits in a slice of time follows in the next turn.
 * Promises settle after the commit. If a transaction fails, each piece is retried in its own. With more than `most` waiting pieces, `submit` rejects with MusterError 503 `busy`.
 */
export function createGroupCommit(transaction: <T>(work: () => T) => T, most = 2000) {
  const queue: Waiting[] = [];

  /** `since`: when the first piece arrived; `had`: the queue's length one turn ago. */
  function gather(since: number, had: number): void {
    const hasRoom = queue.length < most / 2;
    if (hasRoom && queue.length > had && performance.now() - since < gatherMs) {
      setImmediate(gather, since, queue.length);
    } else {
      flush();
    }
  }

  function flush(): void {
    const end = performance.now() + sliceMs;
    let tried = 0;
    const work = () => {
      const values: unknown[] = [];
      for (const piece of queue) {
        tried += 1;
        values.push(piece.work());
        if (performance.now() > end) break;
      }
      return values;
    };
    try {
      const values = transaction(work);
      queue.splice(0, tried).forEach(({ resolve }, index) => {
        resolve(values[index] as never);
      });
    } catch (error) {
      const batch = queue.splice(0, tried);
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) alone(one);
    }
    if (queue.length > 0) setImmediate(flush);
  }

  function alone({ work, resolve, reject }: Waiting): void {
    try {
      resolve(transaction(work) as never);
    } catch (error) {
      reject(error);
    }
  }

  return {
    submit<T>(work: () => T): Promise<T> {
      if (queue.length >= most) return Promise.reject(busy(most));
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, resolve, reject });
        if (queue.length === 1) setImmediate(gather, performance.now(), 0);
      });
    },
  };
}
