import type { ClusterSettings } from '../../shared/plan/schema.ts';
import {
  heldPackages,
  kubernetesPackages,
  type WantedPackage,
  wantedPackages,
} from '../../shared/steps/content/packages.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { hasProgram } from '../machine/program.ts';
import { packageChanges } from './package-changes.ts';

/**
 * Whether a package version matches the plan: exactly if the plan pins a revision, otherwise any revision of the
 * version.
 */
export function isPlannedVersion(packageVersion: string, { kubernetes }: Pick<ClusterSettings, 'kubernetes'>): boolean {
  if (kubernetes.packageVersion !== null) return packageVersion === kubernetes.packageVersion;
  return packageVersion.startsWith(`${kubernetes.version}-`);
}

/**
 * `other-version`: this host is a Node with another Kubernetes version than planned, which installing packages must not
 * change. `loose`: everything is installed, only holds are missing.
 */
export type PackageState =
  | { state: 'as-planned' }
  | { state: 'missing' | 'other-version' | 'loose'; message: LocalText };

export async function packageState(host: Host, settings: ClusterSettings): Promise<PackageState> {
  const wanted = wantedPackages(settings);
  const installed = await (await packagesOf(host)).installed(wanted.map(({ name }) => name));
  const needed = (await neededHere(host, wanted)).filter(({ optional }) => optional !== true);
  const absent = needed.filter(({ name }) => !installed.has(name));
  const others = kubernetesPackages.flatMap((name) => {
    const version = installed.get(name)?.version;
    return version === undefined || isPlannedVersion(version, settings) ? [] : [`${name} ${version}`];
  });
  const planned = settings.kubernetes.packageVersion ?? settings.kubernetes.version;
  if (others.length > 0) {
    const all = others.join(', ');
    const message = { en: `installed: ${all}; planned: ${planned}`, zh: `已安装：${all}；计划：${planned}` };
    const { version } = await packageChanges(host);
    const installedByPlan = version !== '' && isPlannedVersion(version, settings);
    return { state: !installedByPlan && (await host.exists(kubeletConf)) ? 'other-version' : 'missing', message };
  }
  const all = absent.map(({ name }) => name).join(', ');
  if (absent.length > 0) return { state: 'missing', message: { en: `not installed: ${all}`, zh: `未安装：${all}` } };
  const loose = heldPackages(settings).filter((name) => installed.get(name)?.held === false);
  const free = loose.join(', ');
  if (loose.length > 0) return { state: 'loose', message: { en: `not held: ${free}`, zh: `版本未锁定：${free}` } };
  return { state: 'as-planned' };
}

/** Without packages whose program exists already. */
export async function neededHere(host: Host, wanted: readonly WantedPackage[]): Promise<WantedPackage[]> {
  const superfluous = await Promise.all(
    wanted.map(async ({ unless }) => unless !== undefined && (await hasProgram(host, unless))),
  );
  return wanted.filter((_, index) => superfluous[index] !== true);
}
