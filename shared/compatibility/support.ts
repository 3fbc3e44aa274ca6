import { type Bound, brokenBounds } from './bounds.ts';
import { pinnable, type Release, type Source, tested } from './releases.ts';
import { compareVersions } from './versions.ts';

/** Whether one combination works. `pin`: only with this runtime.version in the plan. */
export type Support =
  | { state: 'tested' | 'by-rule'; notes: readonly Bound[] }
  | { state: 'pin'; version: string; notes: readonly Bound[] }
  | { state: 'unsupported'; bound: Bound };

/** Applies the bounds to a release's kernel, cgroup and runtime packages. Warnings are notes. */
export function supportOf(release: Release, minor: number, runtime: 'docker' | 'containerd', source: Source): Support {
  const kubernetes = `1.${minor}.0`;
  const ofHost = [
    ...brokenBounds('kernel', release.kernel, kubernetes),
    ...brokenBounds('cgroup', release.cgroup, kubernetes),
  ];
  const newest = release.packages[source][runtime];
  const ofRuntime = brokenBounds(runtime, newest, kubernetes);
  const [hostError, runtimeError] = [ofHost.find(isError), ofRuntime.find(isError)];
  if (hostError !== undefined) return { state: 'unsupported', bound: hostError };
  if (runtimeError !== undefined) {
    const older = source === 'distribution' ? [] : pinnable[runtime];
    const version = older.find(
      (one) => compareVersions(one, newest) <= 0 && !brokenBounds(runtime, one, kubernetes).some(isError),
    );
    return version === undefined
      ? { state: 'unsupported', bound: runtimeError }
      : { state: 'pin', version, notes: ofHost };
  }
  const isTested =
    minor === tested.minor && source === 'distribution' && tested.systems.some((name) => name === release.system);
  return { state: isTested ? 'tested' : 'by-rule', notes: [...ofHost, ...ofRuntime] };
}

const isError = ({ level }: Bound): boolean => level === 'error';
