import { criToolsFor } from '../../shared/compatibility/cri-tools.ts';
import { isPlannedKubernetes, isVersion } from '../../shared/compatibility/versions.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import {
  heldPackages,
  isKubernetesPackage,
  type WantedPackage,
  wantedPackages,
} from '../../shared/steps/content/packages.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { type InstalledPackage, packagesOf } from '../machine/packages/index.ts';
import { hasProgram } from '../machine/program.ts';
import { packageChanges } from './package-changes.ts';

/**
 * `other-version`: this host is a Node with another version of Kubernetes or the runtime than planned, which installing
 * packages must not change. `loose`: everything is installed, only holds are missing.
 */
export type PackageState =
  | { state: 'as-planned' }
  | { state: 'missing' | 'other-version' | 'loose'; message: LocalText };

export async function packageState(
  host: Host,
  { host: { role }, settings }: Pick<Assignment, 'host' | 'settings'>,
): Promise<PackageState> {
  const manager = await packagesOf(host);
  const wanted = wantedPackages(settings, role, manager.format);
  const installed = await manager.installed(wanted.map(({ name }) => name));
  const others = wanted.filter((one) => isOther(one, settings, installed));
  if (others.length > 0) {
    const now = others.map(({ name }) => `${name} ${installed.get(name)?.version}`).join(', ');
    const planned = [...new Set(others.map((one) => plannedOf(one, settings)))].join(', ');
    const message = { en: `installed: ${now}; planned: ${planned}`, zh: `已安装：${now}；计划：${planned}` };
    const isOwn = await isFromThisPlan(host, settings, others);
    return { state: !isOwn && (await host.exists(kubeletConf)) ? 'other-version' : 'missing', message };
  }
  const needed = (await neededHere(host, wanted)).filter(({ optional }) => optional !== true);
  const absent = needed.filter(({ name }) => !installed.has(name)).map(({ name }) => name);
  const all = absent.join(', ');
  if (absent.length > 0) return { state: 'missing', message: { en: `not installed: ${all}`, zh: `未安装：${all}` } };
  const mismatch = criToolsMismatch(settings, installed);
  if (mismatch !== null) return { state: 'missing', message: mismatch };
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

type Installed = ReadonlyMap<string, InstalledPackage>;

function isOther({ name, version }: WantedPackage, { kubernetes }: ClusterSettings, installed: Installed): boolean {
  const present = installed.get(name)?.version;
  if (present === undefined) return false;
  if (isKubernetesPackage(name)) return !isPlannedKubernetes(present, kubernetes);
  return version !== null && !isVersion(present, version);
}

function plannedOf({ name, version }: WantedPackage, { kubernetes }: ClusterSettings): string {
  if (isKubernetesPackage(name)) return kubernetes.packageVersion ?? kubernetes.version;
  return `${name} ${version}`;
}

/** Whether muster installed the planned versions before, so that another one is drift. */
async function isFromThisPlan(
  host: Host,
  { kubernetes, runtime }: ClusterSettings,
  others: readonly WantedPackage[],
): Promise<boolean> {
  const own = await packageChanges(host);
  const ofKubernetes = own.version !== '' && isPlannedKubernetes(own.version, kubernetes);
  const ofRuntime = runtime.version === null || (own.runtime !== '' && isVersion(own.runtime, runtime.version));
  return others.every(({ name }) => (isKubernetesPackage(name) ? ofKubernetes : ofRuntime));
}

function criToolsMismatch({ runtime }: ClusterSettings, installed: Installed): LocalText | null {
  const tools = installed.get('cri-tools')?.version;
  const containerd = installed.get(runtime.package)?.version;
  if (runtime.name !== 'containerd' || tools === undefined || containerd === undefined) return null;
  const range = criToolsFor(containerd);
  if (range === null || range.accepts(tools)) return null;
  return {
    en: `installed: cri-tools ${tools}; required by containerd ${containerd}: ${range.required.en}`,
    zh: `已安装：cri-tools ${tools}；containerd ${containerd} 要求：${range.required.zh}`,
  };
}
