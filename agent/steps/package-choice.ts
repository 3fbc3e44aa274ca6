import { brokenBounds } from '../../shared/compatibility/bounds.ts';
import { criToolsFor } from '../../shared/compatibility/cri-tools.ts';
import { chosenOffer } from '../../shared/compatibility/runtime-version.ts';
import { isPlannedKubernetes, isVersion } from '../../shared/compatibility/versions.ts';
import { MusterError } from '../../shared/errors/errors.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { isKubernetesPackage, kubernetesPackages, type WantedPackage } from '../../shared/steps/content/packages.ts';
import type { Host } from '../host/host.ts';
import { type ChosenPackage, packagesOf } from '../machine/packages/index.ts';
import { neededHere } from './package-state.ts';

export interface PackageChoice {
  /** What has to be installed or changed; other packages keep their version. */
  packages: ChosenPackage[];
  /** The revision of kubeadm, kubelet and kubectl. */
  version: string;
  /** The version of the runtime's package that the host will have. */
  runtime: string;
}

interface Known {
  settings: ClusterSettings;
  installed: ReadonlyMap<string, { version: string }>;
  offered: ReadonlyMap<string, readonly string[]>;
}

/**
 * Chooses among the offers of the host's package sources and judges the choice before anything is installed. Throws
 * MusterError `version-unavailable`, `package-unavailable`, `package-unsuitable` or `package-pinned`.
 */
export async function choosePackages(
  host: Host,
  wanted: readonly WantedPackage[],
  settings: ClusterSettings,
): Promise<PackageChoice> {
  const needed = await neededHere(host, wanted);
  const names = needed.map(({ name }) => name);
  const manager = await packagesOf(host);
  const [installed, offered] = await Promise.all([manager.installed(names), manager.offered(names)]);
  const isMissing = (name: string) => !installed.has(name) && (offered.get(name) ?? []).length === 0;
  const missing = needed.filter(({ name, unless }) => unless === undefined && isMissing(name)).map(({ name }) => name);
  const [pinned] = missing.length === 0 ? [] : await manager.pinned(missing);
  if (pinned !== undefined) throw new MusterError('package-pinned', { name: pinned });
  const known = { settings, installed, offered };
  const version = kubernetesVersion(known);
  const runtime = runtimeAfter(needed, known);
  judgeRuntime(runtime, settings);
  const containerd = settings.runtime.name === 'containerd' ? runtime : null;
  const packages = needed.flatMap((one) => {
    if (isKubernetesPackage(one.name)) return [{ name: one.name, version }];
    return one.name === 'cri-tools' ? chooseCriTools(containerd, known) : chooseOne(one, known);
  });
  return { packages, version, runtime: runtime ?? '' };
}

/** Empty: the package stays as it is, or no source offers a package that is not always needed. */
function chooseOne({ name, version, unless }: WantedPackage, { installed, offered }: Known): ChosenPackage[] {
  const present = installed.get(name)?.version;
  const offers = offered.get(name) ?? [];
  if (version === null) {
    if (present !== undefined || (unless !== undefined && offers.length === 0)) return [];
    return [{ name, version: null }];
  }
  if (present !== undefined && isVersion(present, version)) return [];
  const offer = chosenOffer(offers, version);
  if (offer !== null) return [{ name, version: offer }];
  if (unless !== undefined) return [];
  throw new MusterError('package-unavailable', { name, version, offered: offers.slice(0, 12).join(', ') || 'nothing' });
}

/** The version that the runtime's package will have; null: no source offers it. */
function runtimeAfter(wanted: readonly WantedPackage[], known: Known): string | null {
  const { settings, installed, offered } = known;
  const name = settings.runtime.package;
  const [change] = wanted.filter((one) => one.name === name).flatMap((one) => chooseOne(one, known));
  if (change === undefined) return installed.get(name)?.version ?? null;
  return change.version ?? offered.get(name)?.[0] ?? null;
}

function judgeRuntime(version: string | null, { kubernetes, runtime, preflight }: ClusterSettings): void {
  if (version === null || preflight.lower[`${runtime.name}-version`] !== undefined) return;
  const [broken] = brokenBounds(runtime.name, version, kubernetes.version);
  if (broken?.level !== 'error') return;
  throw new MusterError('package-unsuitable', {
    ...{ name: runtime.package, version, kubernetes: kubernetes.version },
    ...{ required: broken.required, reason: broken.reason, fix: broken.remedy },
  });
}

/** The newest cri-tools that speak a CRI version of this containerd; null: with docker, any. */
function chooseCriTools(containerd: string | null, { settings, installed, offered }: Known): ChosenPackage[] {
  const name = 'cri-tools';
  const range = criToolsFor(containerd);
  const accepts = range?.accepts ?? (() => true);
  const present = installed.get(name)?.version;
  if (present !== undefined && accepts(present)) return [];
  const offers = offered.get(name) ?? [];
  if (range === null || offers.length === 0) return [{ name, version: null }];
  const version = offers.find(accepts);
  if (version !== undefined) return [{ name, version }];
  throw new MusterError('package-unsuitable', {
    ...{ name, version: offers[0] ?? '', kubernetes: settings.kubernetes.version, required: range.required },
    reason: {
      en: `containerd ${containerd} has no CRI version in common with it`,
      zh: `containerd ${containerd} 与其没有共同的 CRI 版本`,
    },
    fix: {
      en: 'set runtime.packages in the plan to docker or aliyun, whose containerd.io is newer, or kubernetes.packages to a source with older cri-tools',
      zh: '请在计划中将 runtime.packages 设为 docker 或 aliyun（其 containerd.io 较新），或将 kubernetes.packages 设为有较旧 cri-tools 的软件源',
    },
  });
}

/** The planned revision, or the newest revision of the planned version that all three packages offer. */
function kubernetesVersion({ settings, offered }: Known): string {
  const common = kubernetesPackages
    .map((name) => offered.get(name) ?? [])
    .reduce((all, some) => all.filter((version) => some.includes(version)));
  const wanted = common.find((version) => isPlannedKubernetes(version, settings.kubernetes));
  if (wanted !== undefined) return wanted;

  const { packageVersion, version, packages } = settings.kubernetes;
  const known = [...new Set(common)].slice(0, 12).join(', ') || 'nothing';
  throw new MusterError('version-unavailable', {
    url: packages.url,
    version: packageVersion ?? version,
    offered: known,
  });
}
