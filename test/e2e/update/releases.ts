import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { isArch } from '../../../deploy/build/arch.ts';
import { cacheFolder } from '../../../deploy/build/cache.ts';
import { buildReleases } from '../../../deploy/build/release.ts';
import { signRelease } from '../../../deploy/build/signing.ts';
import { pack } from '../../../deploy/build/tar.ts';
import { labPaths } from '../../lab/layout.ts';

const out = `${labPaths.release}-updates`;

/** The release of this tree under another version number. */
export async function releaseAs(version: string): Promise<string> {
  if (!isArch(process.arch)) throw new Error(`there is no release for ${process.arch}`);
  const root = path.resolve(import.meta.dirname, '../../..');
  const [archive] = await buildReleases({ root, out, cache: cacheFolder(), arches: [process.arch], version });
  if (archive === undefined) throw new Error('no archive was built');
  return archive;
}

/** The same release with an agent that ends at once, signed as it should be. */
export const brokenRelease = (version: string) =>
  changed(version, async (folder) => {
    const agent = path.join(folder, 'agent');
    await mkdir(agent);
    await execa('tar', ['-xzf', path.join(folder, 'agent.tar.gz'), '-C', agent]);
    await writeFile(path.join(agent, 'main.js'), 'process.exit(3);\n');
    await pack(agent, ['.'], path.join(folder, 'agent.tar.gz'));
    await rm(agent, { recursive: true });
    await sign(folder, version, cacheFolder());
  });

/** The same release, signed by a key that no agent was installed with. */
export const foreignRelease = (version: string) =>
  changed(version, async (folder) => {
    const cache = await mkdtemp(path.join(out, 'key-'));
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    await writeFile(path.join(cache, 'release-key.pem'), key, { mode: 0o600 });
    await sign(folder, version, cache);
  });

async function sign(folder: string, version: string, cache: string): Promise<void> {
  const files = ['agent.tar.gz', `runtime-${process.arch}.tar.gz`].map((name) => path.join(folder, name));
  await signRelease(folder, { cache, version, arch: process.arch, files });
}

async function changed(version: string, change: (folder: string) => Promise<void>): Promise<string> {
  const archive = await releaseAs(version);
  const work = await mkdtemp(path.join(out, 'changed-'));
  await execa('tar', ['-xzf', archive, '-C', work]);
  await change(path.join(work, `muster-${version}`));
  await pack(work, [`muster-${version}`], archive, 1);
  await rm(work, { recursive: true });
  return archive;
}
