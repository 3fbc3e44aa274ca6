/** A moment of this machine's own clocks. */
export interface Mark {
  monotonic: number;
  wall: number;
}

export const mark = (): Mark => ({ monotonic: performance.now(), wall: Date.now() });

/**
 * Milliseconds since a mark; by the clock that ran further, because the monotonic one stands still while a machine is
 * suspended.
 */
export function elapsed({ monotonic, wall }: Mark): number {
  return Math.max(performance.now() - monotonic, Date.now() - wall);
}
