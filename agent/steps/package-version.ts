import { MusterError } from '../../shared/errors/errors.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { kubernetesPackages } from '../../shared/steps/content/kubernetes-packages.ts';
import type { Host } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { isPlannedVersion } from './package-state.ts';

/**
 * The revision to install: the planned one, or the newest revision of the planned version that all three packages
 * offer. Throws MusterError `version-unavailable` with the offered versions.
 */
export async function offeredVersion(host: Host, settings: ClusterSettings): Promise<string> {
  const offered = await (await packagesOf(host)).offered(kubernetesPackages);
  const common = kubernetesPackages
    .map((name) => offered.get(name) ?? [])
    .reduce((all, some) => all.filter((version) => some.includes(version)));
  const wanted = common.find((version) => isPlannedVersion(version, settings));
  if (wanted !== undefined) return wanted;

  const { packageVersion, version, packages } = settings.kubernetes;
  const known = [...new Set(common)].slice(0, 12).join(', ') || 'nothing';
  throw new MusterError('version-unavailable', {
    url: packages.url,
    version: packageVersion ?? version,
    offered: known,
  });
}
