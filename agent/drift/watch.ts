type Signs = ReadonlyMap<string, string>;

interface Means {
  signs(): Promise<Signs>;
  /** Something that muster has set is not as the last round found or left it. `names`: what has changed. */
  onChange(names: string[]): void;
}

export interface DriftWatch {
  /** A round begins: what it finds is what later looks are compared with. */
  mark(): Promise<void>;
  /** Compares. Says nothing before the first mark, and a change only once per round. */
  look(): Promise<void>;
}

/**
 * Wakes the loop when a sign of what muster has set changes. Marked at a round's beginning and not at its end: what is changed in the
 * middle of a round, behind the back of a check, is found by the next look. So is what the round itself has changed, which costs one
 * more round, that changes nothing.
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
      // A round has begun meanwhile.
      if (marked !== before) return;
      const names = [...new Set([...before.keys(), ...now.keys()])];
      const changed = names.filter((name) => before.get(name) !== now.get(name));
      if (changed.length === 0) return;
      marked = null;
      onChange(changed);
    },
  };
}
