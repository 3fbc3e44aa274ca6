/** Time after which other work gets its turn, in ms. */
const usualSliceMs = 10;

/**
 * Runs long work in slices, between which the event loop continues; resolves to its result. `work` yields wherever it may be
 * interrupted.
 */
export function inSlices<T>(work: Generator<void, T>, sliceMs = usualSliceMs): Promise<T> {
  return new Promise((resolve, reject) => {
    function slice(): void {
      const end = performance.now() + sliceMs;
      try {
        let step = work.next();
        while (step.done !== true && performance.now() < end) step = work.next();
        if (step.done === true) resolve(step.value);
        else setImmediate(slice);
      } catch (error) {
        reject(error);
      }
    }
    slice();
  });
}

export interface Sliced {
  /** Starts the work unless it is under way, and does at least its first piece at once. */
  start(): void;
  /** Calls back when no work is under way: at once, or at its end. */
  whenIdle(callback: () => void): void;
}

/** Like `inSlices`, for work that is done again and again, once at a time. */
export function createSliced(work: () => Generator<void>, sliceMs = usualSliceMs): Sliced {
  let current: Generator<void> | null = null;
  let waiting: (() => void)[] = [];

  function slice(): void {
    const end = performance.now() + sliceMs;
    do {
      if (current?.next().done === true) current = null;
    } while (current !== null && performance.now() < end);
    if (current !== null) {
      setImmediate(slice);
      return;
    }
    const callbacks = waiting;
    waiting = [];
    for (const callback of callbacks) callback();
  }

  return {
    start(): void {
      if (current !== null) return;
      current = work();
      slice();
    },
    whenIdle(callback): void {
      if (current === null) callback();
      else waiting.push(callback);
    },
  };
}
