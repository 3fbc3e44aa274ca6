import type { Readiness } from '../../shared/protocol/observation.ts';

/** What must hold for the coordinator to do its work. Throwing is the same as not holding. */
export interface ReadinessCheck {
  name: string;
  holds: () => boolean;
}

/** Anyone may ask, so the answer is kept for this long. */
const keptMs = 2000;

export function createReadiness(checks: readonly ReadinessCheck[], now: () => Date) {
  let last: { at: number; readiness: Readiness } | null = null;

  function look(): Readiness {
    const seen = checks.map(({ name, holds }): [string, boolean] => {
      try {
        return [name, holds()];
      } catch {
        return [name, false];
      }
    });
    return { ready: seen.every(([, holds]) => holds), checks: Object.fromEntries(seen) };
  }

  return (): Readiness => {
    const at = now().getTime();
    if (last === null || at - last.at >= keptMs) last = { at, readiness: look() };
    return last.readiness;
  };
}
