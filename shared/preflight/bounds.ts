import { type Bounded, bounds, brokenBounds } from '../compatibility/bounds.ts';
import { type LocalText, verbatim } from '../text/local-text.ts';
import { type Check, error, ok, type Verdict, warning } from './check.ts';

const titles: Record<Bounded, LocalText> = {
  docker: verbatim('docker'),
  containerd: verbatim('containerd'),
  kernel: { en: 'kernel', zh: '内核' },
  cgroup: verbatim('cgroup'),
};

/** The texts of each bound, for a check's `cases`. */
export function boundCases(of: Bounded): NonNullable<Check['cases']> {
  const own = bounds.filter((bound) => bound.of === of);
  return Object.fromEntries(
    own.map(({ id, required, remedy, reason }) => [
      id,
      {
        needed: {
          en: `${titles[of].en} ${required.en}. ${reason.en}`,
          zh: `${titles[of].zh} ${required.zh}。${reason.zh}`,
        },
        remedy,
      },
    ]),
  );
}

/** Judges a version by the bounds of a Kubernetes version. `kubernetes`: such as 1.23.0. */
export function judgeBounds(of: Bounded, version: string, kubernetes: string, seen: LocalText): Verdict {
  const [worst] = brokenBounds(of, version, kubernetes);
  if (worst === undefined) return ok(seen);
  return (worst.level === 'error' ? error : warning)(seen, { case: worst.id });
}
