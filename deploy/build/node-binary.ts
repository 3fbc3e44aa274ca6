import { hash } from 'node:crypto';
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { Arch } from './arch.ts';

/** The runtime version that package.json pins. */
export async function nodeVersion(root: string, arch: Arch): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const pinned = manifest.optionalDependencies[`node-linux-${arch}`];
  if (pinned === undefined) throw new Error(`package.json pins no node-linux-${arch}`);
  return pinned;
}

/**
 * Puts `bin/node` and its LICENSE into a folder: from node_modules for this machine's architecture, otherwise from npm.
 */
export async function copyNode(
  root: string,
  arch: Arch,
  { work, into }: { work: string; into: string },
): Promise<void> {
  const source = await nodePackage(root, arch, work);
  await mkdir(path.join(into, 'bin'), { recursive: true });
  await cp(path.join(source, 'bin/node'), path.join(into, 'bin/node'));
  await cp(path.join(source, 'LICENSE'), path.join(into, 'LICENSES/node'));
}

async function nodePackage(root: string, arch: Arch, work: string): Promise<string> {
  const version = await nodeVersion(root, arch);
  const installed = path.join(root, 'node_modules', `node-linux-${arch}`);
  if ((await versionOf(installed)) === version) return installed;
  const folder = path.join(work, 'npm');
  await mkdir(folder, { recursive: true });
  const wanted = `node-linux-${arch}@${version}`;
  const { stdout } = await execa('npm', ['pack', '--silent', '--pack-destination', folder, wanted], {
    stdin: 'ignore',
  });
  const archive = path.join(folder, stdout.trim().split('\n').at(-1) ?? '');
  await verify(root, `node_modules/node-linux-${arch}`, archive);
  await execa('tar', ['-xzf', archive, '-C', folder]);
  return path.join(folder, 'package');
}

/** npm verifies against the lock file only what it installs itself. */
async function verify(root: string, entry: string, archive: string): Promise<void> {
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { integrity?: string }>;
  };
  const integrity = lock.packages[entry]?.integrity;
  const seen = `sha512-${hash('sha512', await readFile(archive), 'base64')}`;
  if (seen !== integrity) throw new Error(`${archive}: package-lock.json wants ${integrity}, npm gave ${seen}`);
}

async function versionOf(folder: string): Promise<string | null> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as { version: string }).version;
}
