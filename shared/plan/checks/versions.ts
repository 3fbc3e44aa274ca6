import { brokenBounds } from '../../compatibility/bounds.ts';
import { minorVersion } from '../../kubeadm/version.ts';
import { assumedManager, packageFormats } from '../../packages/index.ts';
import { firstPublic, oldestMinor, readVersion } from '../kubernetes-version.ts';
import type { Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

type Kubernetes = NonNullable<PartialPlan['kubernetes']>;

/** Checks combinations of the Kubernetes version with runtime and package source. */
export function checkVersions({ kubernetes, runtime, preflight }: PartialPlan, report: Report): void {
  if (kubernetes?.version === undefined) return;
  const minor = minorVersion(readVersion(kubernetes.version).version);
  if (minor < oldestMinor) {
    report(['kubernetes', 'version'], 'version-unsupported', { oldest: `1.${oldestMinor}.0` });
    return;
  }
  checkRuntimeVersion(readVersion(kubernetes.version).version, runtime, preflight, report);
  checkSource(kubernetes, report);
  const isPublic = kubernetes.packages === 'public' || !('packages' in kubernetes);
  if (isPublic && minor < firstPublic) {
    report(['kubernetes', 'packages'], 'version-not-public', { version: `1.${minor}`, first: `1.${firstPublic}` });
  }
}

/** Refuses what the planned package source cannot have: another one's revisions, or another minor version. */
function checkSource(kubernetes: Kubernetes, report: Report): void {
  const { version: written, packages = 'public' } = kubernetes;
  if (written === undefined || ('packages' in kubernetes && kubernetes.packages === undefined)) return;
  const { version, packageVersion } = readVersion(written);
  const minor = minorVersion(version);
  if (typeof packages === 'string') {
    const isLegacy = packageFormats[assumedManager].repositories[packages](minor).components.length > 0;
    const isRight = packageVersion === null || (isLegacy ? /-\d\d$/ : /-\d+\.\d+$/).test(packageVersion);
    const given = { source: packages, version, example: isLegacy ? '-00' : '-1.1' };
    if (!isRight) report(['kubernetes', 'version'], 'revision-of-other-source', given);
    return;
  }
  // As on pkgs.k8s.io and its mirrors; elsewhere, v1.0 may be something else.
  const found = /(?<=\/(?:stable|prerelease):?)\/v1\.(\d+)(?=\/|$)|\/v1\.(\d+)(?=\/deb(?:\/|$))/
    .exec(packages.url ?? '')
    ?.slice(1)
    .find((minor) => minor !== undefined);
  if (packages.url === undefined || found === undefined || Number(found) === minor) return;
  const wanted = packages.url.replace(`/v1.${found}`, `/v1.${minor}`);
  report(['kubernetes', 'packages', 'url'], 'package-url-other-minor', { found: `1.${found}`, version, wanted });
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
