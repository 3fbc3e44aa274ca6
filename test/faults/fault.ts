/** A fault of a host. */
export interface Fault {
  id: string;
  /** Where it can occur. */
  to: 'worker' | 'control-plane';
  /** Relative probability in random tests. */
  weight: number;
  /**
   * Inflicts the fault; resolves to a function that returns whether the host has recovered. `random` returns numbers in
   * [0, 1).
   */
  inflict(host: string, random: () => number): Promise<() => Promise<boolean>>;
}
