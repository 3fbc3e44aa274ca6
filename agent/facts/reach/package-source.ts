import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { isVersion } from '../../../shared/compatibility/versions.ts';
import { minorVersion } from '../../../shared/kubeadm/version.ts';
import type { ClusterSettings, PackageSource } from '../../../shared/plan/schema.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import { criDockerdOf } from '../../../shared/steps/content/cri-dockerd.ts';
import { runtimeSources } from '../../../shared/steps/content/packages.ts';
import { releaseOf } from '../../../shared/systems.ts';
import type { Outbound } from '../../machine/outbound.ts';
import type { FetchText, Packages, Signed } from '../../machine/packages/index.ts';
import { type Attempt, ask, attemptOf } from './attempt.ts';

/** `now` in ms. */
interface ReachMeans {
  via: Outbound;
  now: number;
}

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
  { via, now }: ReachMeans,
): Promise<
  Pick<Reached, 'packageSource' | 'signingKey' | 'offeredVersions'> & {
    signed: Signed | null;
    criTools: string[] | null;
  }
> {
  const source = kubernetes.packages;
  const [release, key, offers] = await Promise.all([
    ask(packages.releaseUrl(source), { via }),
    reachKey(packages, source, { via, now }),
    packages.offeredAt(source, ['kubeadm', 'cri-tools'], fetchText(via)),
  ]);
  const minor = `1.${minorVersion(kubernetes.version)}`;
  const kubeadm = offers?.get('kubeadm')?.filter((version) => isVersion(version, minor));
  return {
    packageSource: attemptOf(release),
    signingKey: key.attempt,
    signed: key.signed,
    offeredVersions: kubeadm?.slice(0, most) ?? null,
    criTools: offers?.get('cri-tools')?.slice(0, most) ?? null,
  };
}

/** Probes the planned source of the runtime's package, or asks the host's own sources, for the versions they offer. */
export async function reachRuntime(
  packages: Packages,
  settings: ClusterSettings,
  os: Facts['os'],
  { via, now }: ReachMeans,
): Promise<Pick<Reached, 'runtimeSource'> & { signed: Signed | null; versions: string[] | null }> {
  const name = settings.runtime.package;
  const [source] = runtimeSources(settings, releaseOf(os));
  if (source !== undefined) {
    const [release, { signed }, offers] = await Promise.all([
      ask(packages.releaseUrl(source), { via }),
      reachKey(packages, source, { via, now }),
      packages.offeredAt(source, [name], fetchText(via)),
    ]);
    return { runtimeSource: attemptOf(release), signed, versions: offers?.get(name)?.slice(0, most) ?? null };
  }
  // Another source's broken file can make the package manager fail, which a check of its own reports.
  const offers = (await packages.hasIndexes()) ? await packages.offered([name]).catch(() => null) : null;
  const known = offers?.get(name);
  return { runtimeSource: null, signed: null, versions: known?.slice(0, most) ?? null };
}

/** Probes the planned key, or a newer copy of it once it has ended, and how the source is signed with it. */
async function reachKey(
  packages: Packages,
  source: PackageSource,
  { via, now }: ReachMeans,
): Promise<{ attempt: Attempt | null; signed: Signed | null }> {
  const signedWith = (key: Buffer) => packages.signed(source, key, fetchText(via), now);
  if ('armoured' in source.key) return { attempt: null, signed: await signedWith(Buffer.from(source.key.armoured)) };
  const { url, sha256 } = source.key;
  const planned = await ask(url, { via });
  if (planned.result !== 'ok') return { attempt: attemptOf(planned), signed: null };
  const hasEnded = (packages.keyEnd(planned.body) ?? Number.POSITIVE_INFINITY) <= now;
  const places = hasEnded && sha256 === undefined ? packages.format.newerKeys(url) : [];
  const newer = await Promise.all(places.map((place) => ask(place, { via })));
  const { body } = newer.find(({ result }) => result === 'ok') ?? planned;
  return { attempt: attemptOf(planned), signed: await signedWith(body) };
}

/** Probes the archive of cri-dockerd. `docker`: the version that will run; null: unknown. */
export async function reachCriDockerd(
  settings: ClusterSettings,
  docker: string | null,
  via: Outbound,
): Promise<Reached['criDockerd']> {
  const wanted = criDockerdOf(settings, docker, process.arch);
  if (wanted === null || 'file' in wanted || (docker === null && settings.runtime.criDockerd.url === null)) return null;
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
