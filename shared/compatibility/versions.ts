import type { ClusterSettings } from '../plan/schema.ts';

/**
 * The numbers of a version, without epoch, revision and a leading `v`: 20.10.24 for `5:20.10.24~3-0~debian-bookworm`;
 * '': it does not start with a number.
 */
export function upstreamOf(version: string): string {
  return /^\d+(\.\d+)*/.exec(version.replace(/^\d+:/, '').replace(/^v/, ''))?.[0] ?? '';
}

/** Compares two versions number by number, without epoch and revision: negative if `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i += 1) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const numbersOf = (version: string): number[] => upstreamOf(version).split('.').map(Number);

/**
 * Whether a package version is the wanted one: the same, without or with the epoch, or one whose first numbers are those
 * of `wanted`. 1.23.1 and 1.23 both match `1.23.1-00`; 1.23.1 does not match `1.23.10-00`.
 */
export function isVersion(packageVersion: string, wanted: string): boolean {
  if (packageVersion === wanted || packageVersion.replace(/^\d+:/, '') === wanted) return true;
  if (!/^\d+(\.\d+)*$/.test(wanted)) return false;
  const found = upstreamOf(packageVersion);
  return found === wanted || found.startsWith(`${wanted}.`);
}

/** Whether a package of Kubernetes has the planned version: any revision of it, unless the plan pins one. */
export function isPlannedKubernetes(
  packageVersion: string,
  { version, packageVersion: pinned }: Pick<ClusterSettings['kubernetes'], 'version' | 'packageVersion'>,
): boolean {
  // A pre-release such as 1.23.1~rc.0-00 or 1.23.1-rc.0 precedes the version.
  return isVersion(packageVersion, pinned ?? version) && !/[~-](alpha|beta|rc)/.test(packageVersion);
}
