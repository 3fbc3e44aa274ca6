import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { manifestName, type Release, releaseKeyName, signatureName } from '../../shared/protocol/release.ts';

/**
 * The release signing key, PEM (ed25519): the file named by MUSTER_RELEASE_KEY, otherwise a key generated for this
 * machine and kept in the cache. Agents only accept releases signed with the key they were installed with, so
 * publishers keep one, offline.
 */
async function releaseKey(cache: string): Promise<string> {
  const named = process.env.MUSTER_RELEASE_KEY;
  if (named !== undefined) return readFile(named, 'utf8');
  const file = path.join(cache, 'release-key.pem');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return known;
  await mkdir(cache, { recursive: true });
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  try {
    await writeFile(file, pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch {
    // Another build created it first.
    return readFile(file, 'utf8');
  }
}

export interface SigningOptions {
  cache: string;
  version: string;
  arch: string;
  files: readonly string[];
}

/** Writes release-ARCH.json, its signature and the public key into a folder. */
export async function signRelease(into: string, { cache, version, arch, files }: SigningOptions): Promise<void> {
  const sums = await Promise.all(
    files.map(async (file) => [path.basename(file), hash('sha256', await readFile(file))] as const),
  );
  const release: Release = { version, files: Object.fromEntries(sums) };
  const manifest = `${JSON.stringify(release, null, 2)}\n`;
  const key = createPrivateKey(await releaseKey(cache));
  await writeFile(path.join(into, manifestName(arch)), manifest);
  await writeFile(
    path.join(into, signatureName(arch)),
    `${sign(null, Buffer.from(manifest), key).toString('base64')}\n`,
  );
  await writeFile(path.join(into, releaseKeyName), createPublicKey(key).export({ type: 'spki', format: 'pem' }));
}
