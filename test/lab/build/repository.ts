import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { labPaths } from '../layout.ts';

/** Signing of the lab's apt repositories. */

/** Signs a file in clear text. */
export type Sign = (file: string, signed: string) => Promise<unknown>;

const gpg = (...args: string[]) => execa('gpg', ['--quiet', '--batch', '--homedir', labPaths.gnupg, ...args]);
const sign: Sign = (file, signed) => gpg('--yes', '--clearsign', '-o', signed, file);
/** With a hash that apt no longer accepts. */
export const signWeakly: Sign = (file, signed) =>
  gpg('--yes', '--digest-algo', 'SHA1', '--clearsign', '-o', signed, file);
const user = 'muster lab <lab@localhost>';

/** The lab's public key, armoured; the key is made with the first use. */
export async function signingKey(): Promise<string> {
  await mkdir(labPaths.gnupg, { recursive: true, mode: 0o700 });
  const known = await gpg('--list-secret-keys', user).catch(() => null);
  if (known === null) await gpg('--passphrase', '', '--quick-gen-key', user, 'rsa3072', 'sign', 'never');
  return `${(await gpg('--armor', '--export', user)).stdout}\n`;
}

/** gpg leaves an agent behind that would keep running. */
export async function endSigning(): Promise<void> {
  await execa('gpgconf', ['--homedir', labPaths.gnupg, '--kill', 'gpg-agent'], { reject: false });
}

export interface Repository {
  /** The repository's folder, which stands complete but for its lists. */
  folder: string;
  /** The folder of the packages, below it. */
  pool: string;
  /** The folder of Release and InRelease, below it, and that of Packages. */
  release: string;
  packages: string;
  /** Fields of Release. */
  fields: Readonly<Record<string, string>>;
  /** With the lab's key, if not given. */
  sign?: Sign;
}

/** Writes Packages, Release and a signed InRelease. */
export async function writeLists({
  folder,
  pool,
  release,
  packages,
  fields,
  sign: signer = sign,
}: Repository): Promise<void> {
  await mkdir(`${folder}/${packages}`, { recursive: true });
  const { stdout } = await execa('apt-ftparchive', ['packages', pool], { cwd: folder });
  await writeFile(`${folder}/${packages}/Packages`, `${stdout}\n`);
  await execa('gzip', ['-kf', `${folder}/${packages}/Packages`]);
  const options = Object.entries(fields).flatMap(([name, value]) => [
    '-o',
    `APT::FTPArchive::Release::${name}=${value}`,
  ]);
  const text = (await execa('apt-ftparchive', [...options, 'release', release], { cwd: folder })).stdout;
  await writeFile(`${folder}/${release}/Release`, `${text}\n`);
  await signer(`${folder}/${release}/Release`, `${folder}/${release}/InRelease`);
}

/** Builds a folder beside its place and puts it there when it is complete, so that no one ever sees half of it. */
export async function replaceFolder(folder: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await fill(partial);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
}
