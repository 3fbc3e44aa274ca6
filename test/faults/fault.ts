/** Something that happens to a host. */
export interface Fault {
  id: string;
  /** Where it can happen. */
  to: 'worker' | 'control-plane';
  /** How often random tests choose it, as against the others. */
  weight: number;
  /** Makes it happen; what is returned says whether the host has come back from it. `random` gives numbers from 0 to 1. */
  inflict(host: string, random: () => number): Promise<() => Promise<boolean>>;
}
