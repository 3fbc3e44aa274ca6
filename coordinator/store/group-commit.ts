import { MusterError } from '../../shared/errors/errors.ts';

interface Waiting {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** How long the first piece may wait for others. */
const gatherMs = 10;

export type GroupCommit = ReturnType<typeof createGroupCommit>;

/**
 * Puts all work that arrives in one turn of the event loop into one transaction, and what follows for as long as each turn brings more, so
 * that many reports share one sync of the disk. A promise settles only after the commit. Where a transaction fails, each piece is tried in
 * its own, so that one cannot spoil another's. Beyond `most` waiting pieces, `submit` rejects with 503 `busy`.
 */
export function createGroupCommit(transaction: <T>(work: () => T) => T, most = 2000) {
  let queue: Waiting[] = [];

  /** Begun by the first piece, at that moment; `had`: how many there were a turn ago. */
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
