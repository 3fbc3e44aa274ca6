import { MusterError } from '../../shared/errors/errors.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import { isPlannedVersion, kubernetesPackages } from './package-state.ts';

/**
 * The revision to install: the planned one, or the newest of the planned version that all three packages have. Throws MusterError
 * `version-unavailable` with what the package source offers.
 */
export async function offeredVersion(host: Host, settings: ClusterSettings): Promise<string> {
  const rows = (await output(host, 'apt-cache', ['madison', ...kubernetesPackages])).split('\n');
  const offers = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  // Newest first, as apt-cache sorts them.
  const versionsOf = (name: string) =>
    offers.flatMap(([found, version]) => (found === name && version ? [version] : []));
  const common = kubernetesPackages
    .map(versionsOf)
    .reduce((all, some) => all.filter((version) => some.includes(version)));
  const wanted = common.find((version) => isPlannedVersion(version, settings));
  if (wanted !== undefined) return wanted;

  const { packageVersion, version, packages } = settings.kubernetes;
  const offered = [...new Set(common)].slice(0, 12).join(', ') || 'nothing';
  throw new MusterError(
    'version-unavailable',
    `${packages.url} has no kubeadm, kubelet and kubectl ${packageVersion ?? version}; it offers ${offered}`,
    { remedy: 'name a version that it offers, or another package source, in the plan under kubernetes' },
  );
}
