import type { Readiness } from '../../shared/protocol/observation.ts';

/** A condition for serving requests. Throwing counts as false. */
export interface ReadinessCheck {
  name: string;
  holds: () => boolean;
}

/** How long the result is cached, in ms: the endpoint needs no authentication. */
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
