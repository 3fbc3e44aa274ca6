import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { PackageSource } from '../../../shared/plan/schema.ts';
import type { Facts } from '../../../shared/protocol/facts.ts';
import { type Attempt, ask, attemptOf } from './attempt.ts';

type Reached = NonNullable<Facts['reach']>;

const unpack = promisify(gunzip);
const largest = 64 * 1024 ** 2;
const architectures: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** Whether the package source and its key answer, and which versions of kubeadm it offers. `minor`: such as `1.23.` */
export async function reachPackages(
  source: PackageSource,
  minor: string,
): Promise<Pick<Reached, 'packageSource' | 'signingKey' | 'offeredVersions'>> {
  const base = source.url.replace(/\/$/, '');
  const flat = source.components.length === 0;
  const root = flat ? `${base}/${source.suite}`.replace(/\/+$/, '') : `${base}/dists/${source.suite}`;
  const [release, key, versions] = await Promise.all([
    ask(`${root}/Release`, { method: 'GET' }),
    'url' in source.key ? ask(source.key.url, {}).then(attemptOf) : null,
    offered(flat ? root : `${root}/${source.components[0]}/binary-${architectures[process.arch]}`, minor),
  ]);
  return { packageSource: attemptOf(release), signingKey: key, offeredVersions: versions };
}

/** null: the index could not be read. */
async function offered(folder: string, minor: string): Promise<string[] | null> {
  const packed = await ask(`${folder}/Packages.gz`, {});
  const text = packed.result === 'ok' ? await read(packed.body) : await plain(folder, packed.result);
  if (text === null) return null;
  const versions = [...text.matchAll(/^Package: kubeadm\n(?:.+\n)*?Version: (.+)$/gm)].map(
    ([, version = '']) => version,
  );
  return versions.filter((version) => version.startsWith(minor)).slice(0, 64);
}

async function plain(folder: string, before: Attempt['result']): Promise<string | null> {
  if (before !== 'missing') return null;
  const answer = await ask(`${folder}/Packages`, {});
  return answer.result === 'ok' ? answer.body.toString() : null;
}

async function read(body: Buffer): Promise<string | null> {
  return unpack(body, { maxOutputLength: largest }).then(String, () => null);
}
