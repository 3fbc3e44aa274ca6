import { brokenBounds } from '../../compatibility/bounds.ts';
import { minorVersion } from '../../kubeadm/version.ts';
import { firstPublic, oldestMinor, readVersion } from '../kubernetes-version.ts';
import type { Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Checks combinations of the Kubernetes version with runtime and package source. */
export function checkVersions({ kubernetes, runtime, preflight }: PartialPlan, report: Report): void {
  if (kubernetes?.version === undefined) return;
  const minor = minorVersion(readVersion(kubernetes.version).version);
  if (minor < oldestMinor) {
    report(['kubernetes', 'version'], 'version-unsupported', { oldest: `1.${oldestMinor}.0` });
    return;
  }
  checkRuntimeVersion(readVersion(kubernetes.version).version, runtime, preflight, report);
  const isPublic = kubernetes.packages === 'public' || !('packages' in kubernetes);
  if (isPublic && minor < firstPublic) {
    report(['kubernetes', 'packages'], 'version-not-public', { version: `1.${minor}`, first: `1.${firstPublic}` });
  }
}

/** Refuses a planned runtime version that Kubernetes cannot use, unless the plan lowers the check of it. */
function checkRuntimeVersion(
  kubernetes: string,
  runtime: PartialPlan['runtime'],
  preflight: PartialPlan['preflight'],
  report: Report,
): void {
  if (typeof runtime !== 'object' || runtime.name === undefined || runtime.version === undefined) return;
  const { name, version } = runtime;
  // A single number matches too many versions to judge.
  if (!version.includes('.') || preflight?.lower?.[`${name}-version`] !== undefined) return;
  const [broken] = brokenBounds(name, version, kubernetes);
  if (broken?.level !== 'error') return;
  const { required, reason } = broken;
  report(['runtime', 'version'], 'runtime-version-unsupported', { name, kubernetes, required, reason });
}
