import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { PackageSource } from '../../../shared/plan/schema.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import type { FetchText, Packages } from '../../machine/packages/index.ts';
import { ask, attemptOf } from './attempt.ts';

type Reached = NonNullable<Facts['reach']>;

const unpack = promisify(gunzip);
/** Size limit of an unpacked index in bytes; those of Kubernetes' repositories have about 2 MB. */
const largest = 16 * 1024 ** 2;

/** Probes the package source and its key, and lists the versions of kubeadm it offers. `minor`: such as `1.23.` */
export async function reachPackages(
  packages: Packages,
  source: PackageSource,
  minor: string,
): Promise<Pick<Reached, 'packageSource' | 'signingKey' | 'offeredVersions'>> {
  const [release, key, versions] = await Promise.all([
    ask(packages.releaseUrl(source), { method: 'GET' }),
    'url' in source.key ? ask(source.key.url, {}).then(attemptOf) : null,
    packages.offeredAt(source, 'kubeadm', fetchText),
  ]);
  const offeredVersions = versions?.filter((version) => version.startsWith(minor)).slice(0, 64) ?? null;
  return { packageSource: attemptOf(release), signingKey: key, offeredVersions };
}

const fetchText: FetchText = async (url) => {
  const { result, body } = await ask(url, {});
  if (result !== 'ok') return { state: result === 'missing' ? 'missing' : 'failed' };
  if (!url.endsWith('.gz')) return { state: 'ok', text: body.toString() };
  return unpack(body, { maxOutputLength: largest }).then(
    (text) => ({ state: 'ok', text: String(text) }) as const,
    () => ({ state: 'failed' }) as const,
  );
};
