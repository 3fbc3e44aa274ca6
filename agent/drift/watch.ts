type Signs = ReadonlyMap<string, string>;

interface Means {
  signs(): Promise<Signs>;
  /** Called when a sign differs from its value at the start of the last round. `names`: the signs that changed. */
  onChange(names: string[]): void;
}

export interface DriftWatch {
  /** Stores the current signs as the baseline; called when a round begins. */
  mark(): Promise<void>;
  /** Compares with the baseline. Does nothing before the first mark; reports at most once per mark. */
  look(): Promise<void>;
}

/**
 * Wakes the loop when something that muster has set changes. The baseline is taken when a round begins, so changes made
 * by others during the round are detected too. A round that changes the host causes one extra round without changes.
 */
export function createDriftWatch({ signs, onChange }: Means): DriftWatch {
  let marked: Signs | null = null;

  return {
    async mark() {
      marked = await signs();
    },
    async look() {
      const before = marked;
      if (before === null) return;
      const now = await signs();
      // A round has begun in the meantime.
      if (marked !== before) return;
      const names = [...new Set([...before.keys(), ...now.keys()])];
      const changed = names.filter((name) => before.get(name) !== now.get(name));
      if (changed.length === 0) return;
      marked = null;
      onChange(changed);
    },
  };
}
