import { MusterError } from '../../shared/errors/errors.ts';

interface Waiting {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** How long the first piece of work may wait for more, in ms. */
const gatherMs = 10;

export type GroupCommit = ReturnType<typeof createGroupCommit>;

/**
 * Combines work that arrives within one turn of the event loop into one transaction, and keeps collecting while each
 * turn brings more, so that many reports share one disk sync. Promises settle after the commit. If a transaction fails,
 * each piece is retried in its own. With more than `most` waiting pieces, `submit` rejects with MusterError 503 `busy`.
 */
export function createGroupCommit(transaction: <T>(work: () => T) => T, most = 2000) {
  let queue: Waiting[] = [];

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
    const batch = queue;
    queue = [];
    try {
      const values = transaction(() => batch.map(({ work }) => work()));
      batch.forEach(({ resolve }, index) => {
        resolve(values[index] as never);
      });
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) alone(one);
    }
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
      if (queue.length >= most) {
        const busy = new MusterError('busy', { waiting: most });
        return Promise.reject(busy);
      }
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, resolve, reject });
        if (queue.length === 1) setImmediate(gather, performance.now(), 0);
      });
    },
  };
}
