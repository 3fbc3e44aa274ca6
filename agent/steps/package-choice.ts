import { MusterError } from '../../shared/errors/errors.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { kubernetesPackages, type WantedPackage } from '../../shared/steps/content/packages.ts';
import type { Host } from '../host/host.ts';
import { type ChosenPackage, packagesOf } from '../machine/packages/index.ts';
import { isPlannedVersion, neededHere } from './package-state.ts';

export interface PackageChoice {
  packages: ChosenPackage[];
  /** The revision of kubeadm, kubelet and kubectl. */
  version: string;
}

/**
 * Chooses among the offers of the host's package sources. Throws MusterError `version-unavailable` with the offered
 * versions of Kubernetes.
 */
export async function choosePackages(
  host: Host,
  wanted: readonly WantedPackage[],
  settings: ClusterSettings,
): Promise<PackageChoice> {
  const needed = await neededHere(host, wanted);
  const offered = await (await packagesOf(host)).offered(needed.map(({ name }) => name));
  const version = kubernetesVersion(offered, settings);
  const packages = needed
    .filter(({ name, unless }) => unless === undefined || (offered.get(name) ?? []).length > 0)
    .map(({ name, version: pinned }) => ({ name, version: pinned === null ? null : version }));
  return { packages, version };
}

/** The planned revision, or the newest revision of the planned version that all three packages offer. */
function kubernetesVersion(offered: ReadonlyMap<string, readonly string[]>, settings: ClusterSettings): string {
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
