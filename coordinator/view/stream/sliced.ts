/** Time after which other work gets its turn, in ms. */
const usualSliceMs = 20;

export interface Sliced {
  /** Starts the work unless it is under way. Returns when it is done or its first slice is over. */
  start(): void;
  /** Calls back when no work is under way: at once, or at its end. */
  whenIdle(callback: () => void): void;
}

/** Runs long work in slices, between which the event loop goes on. `work` yields wherever it may be interrupted. */
export function createSliced(work: () => Generator<void>, sliceMs = usualSliceMs): Sliced {
  let current: Generator<void> | null = null;
  let waiting: (() => void)[] = [];

  function slice(): void {
    const end = performance.now() + sliceMs;
    while (current !== null && performance.now() < end) {
      if (current.next().done === true) current = null;
    }
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
