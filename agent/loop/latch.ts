export interface Latch {
  set(): void;
  isSet(): boolean;
  reset(): void;
  /** Resolves once the latch is set; immediately if it already is. */
  wait(): Promise<void>;
}

/** A flag that can be waited for. */
export function createLatch(): Latch {
  let gate = Promise.withResolvers<void>();
  let raised = false;
  return {
    set() {
      raised = true;
      gate.resolve();
    },
    isSet: () => raised,
    reset() {
      if (!raised) return;
      raised = false;
      gate = Promise.withResolvers();
    },
    wait: () => gate.promise,
  };
}
