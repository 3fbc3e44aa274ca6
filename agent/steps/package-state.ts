import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { kubernetesPackages } from '../../shared/steps/content/kubernetes-packages.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { packageChanges } from './package-changes.ts';

/** Whether this package version is the planned one: to the letter where the plan pins a revision, else any revision of the version. */
export function isPlannedVersion(packageVersion: string, { kubernetes }: Pick<ClusterSettings, 'kubernetes'>): boolean {
  if (kubernetes.packageVersion !== null) return packageVersion === kubernetes.packageVersion;
  return packageVersion.startsWith(`${kubernetes.version}-`);
}

/**
 * `other-version`: this host is a Node already and the plan asks for another Kubernetes than muster installed here, which installing
 * packages must not change. `loose`: all is there, and only the holds are missing.
 */
export type PackageState = { state: 'as-planned' } | { state: 'missing' | 'other-version' | 'loose'; message: string };

export async function packageState(host: Host, settings: ClusterSettings): Promise<PackageState> {
  const manager = await packagesOf(host);
  const installed = await manager.installed([settings.runtime.package, ...kubernetesPackages]);
  const absent = [settings.runtime.package, ...kubernetesPackages].filter((name) => !installed.has(name));
  const others = kubernetesPackages.flatMap((name) => {
    const version = installed.get(name)?.version;
    return version === undefined || isPlannedVersion(version, settings) ? [] : [`${name} ${version}`];
  });
  const planned = settings.kubernetes.packageVersion ?? settings.kubernetes.version;
  if (others.length > 0) {
    const message = `installed: ${others.join(', ')}; the plan says ${planned}`;
    const { version } = await packageChanges(host);
    const installedByPlan = version !== '' && isPlannedVersion(version, settings);
    return { state: !installedByPlan && (await host.exists(kubeletConf)) ? 'other-version' : 'missing', message };
  }
  if (absent.length > 0) return { state: 'missing', message: `not installed: ${absent.join(', ')}` };
  const loose = kubernetesPackages.filter((name) => installed.get(name)?.held !== true);
  if (loose.length > 0) return { state: 'loose', message: `not held at their version: ${loose.join(', ')}` };
  return { state: 'as-planned' };
}
