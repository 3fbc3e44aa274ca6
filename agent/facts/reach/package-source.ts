import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { isVersion } from '../../../shared/compatibility/versions.ts';
import { minorVersion } from '../../../shared/kubeadm/version.ts';
import type { ClusterSettings } from '../../../shared/plan/schema.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import { criDockerdOf } from '../../../shared/steps/content/cri-dockerd.ts';
import { runtimeSources } from '../../../shared/steps/content/packages.ts';
import { releaseOf } from '../../../shared/systems.ts';
import type { Outbound } from '../../machine/outbound.ts';
import type { FetchText, Packages } from '../../machine/packages/index.ts';
import { ask, attemptOf } from './attempt.ts';

type Reached = NonNullable<Facts['reach']>;

const unpack = promisify(gunzip);
/** Size limit of an unpacked index in bytes; those of Kubernetes' repositories have about 2 MB. */
const largest = 16 * 1024 ** 2;
/** How many versions of a package are reported. */
const most = 64;

/** Probes Kubernetes' package source and its key, and lists the versions it offers. */
export async function reachPackages(
  packages: Packages,
  { kubernetes }: ClusterSettings,
  via: Outbound,
): Promise<Pick<Reached, 'packageSource' | 'signingKey' | 'offeredVersions'> & { criTools: string[] | null }> {
  const source = kubernetes.packages;
  const [release, key, offers] = await Promise.all([
    ask(packages.releaseUrl(source), { via }),
    'url' in source.key ? ask(source.key.url, { via }).then(attemptOf) : null,
    packages.offeredAt(source, ['kubeadm', 'cri-tools'], fetchText(via)),
  ]);
  const minor = `1.${minorVersion(kubernetes.version)}`;
  const kubeadm = offers?.get('kubeadm')?.filter((version) => isVersion(version, minor));
  return {
    packageSource: attemptOf(release),
    signingKey: key,
    offeredVersions: kubeadm?.slice(0, most) ?? null,
    criTools: offers?.get('cri-tools')?.slice(0, most) ?? null,
  };
}

/** Probes the planned source of the runtime's package, or asks the host's own sources, for the versions they offer. */
export async function reachRuntime(
  packages: Packages,
  settings: ClusterSettings,
  os: Facts['os'],
  via: Outbound,
): Promise<Pick<Reached, 'runtimeSource'> & { versions: string[] | null }> {
  const name = settings.runtime.package;
  const [source] = runtimeSources(settings, releaseOf(os));
  if (source !== undefined) {
    const [release, offers] = await Promise.all([
      ask(packages.releaseUrl(source), { via }),
      packages.offeredAt(source, [name], fetchText(via)),
    ]);
    return { runtimeSource: attemptOf(release), versions: offers?.get(name)?.slice(0, most) ?? null };
  }
  // Another source's broken file can make the package manager fail, which a check of its own reports.
  const offers = (await packages.hasIndexes()) ? await packages.offered([name]).catch(() => null) : null;
  const known = offers?.get(name);
  return { runtimeSource: null, versions: known?.slice(0, most) ?? null };
}

/** Probes the archive of cri-dockerd. `docker`: the version that will run; null: unknown. */
export async function reachCriDockerd(
  settings: ClusterSettings,
  docker: string | null,
  via: Outbound,
): Promise<Reached['criDockerd']> {
  const wanted = criDockerdOf(settings, docker, process.arch);
  if (wanted === null || (docker === null && settings.runtime.criDockerd.url === null)) return null;
  return attemptOf(await ask(wanted.url, { method: 'HEAD', via }));
}

const fetchText =
  (via: Outbound): FetchText =>
  async (url) => {
    const { result, body } = await ask(url, { via });
    if (result !== 'ok') return { state: result === 'missing' ? 'missing' : 'failed' };
    if (!url.endsWith('.gz')) return { state: 'ok', text: body.toString() };
    return unpack(body, { maxOutputLength: largest }).then(
      (text) => ({ state: 'ok', text: String(text) }) as const,
      () => ({ state: 'failed' }) as const,
    );
  };
