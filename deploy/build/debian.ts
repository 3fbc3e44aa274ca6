import { copyFile, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { MusterError } from '../../shared/errors/errors.ts';
import { type Arch, arches } from './arch.ts';

export interface Debian {
  /** Downloads packages by name and unpacks them into a folder. */
  unpack(names: readonly string[], into: string): Promise<void>;
}

/**
 * Debian packages of any architecture, downloaded with apt. apt works in folders below `work`, so the machine's package
 * lists and foreign architectures are not touched and root is not needed. Signatures are verified as usual.
 */
export async function openDebian(arch: Arch, work: string): Promise<Debian> {
  const options = await privateApt(work, arches[arch].debian);
  await apt([...options, '-qq', 'update'], work);

  async function unpack(names: readonly string[], into: string): Promise<void> {
    const downloads = await mkdtemp(path.join(work, 'downloads-'));
    await apt([...options, '-qq', 'download', ...names], downloads);
    await mkdir(into, { recursive: true });
    for (const file of await readdir(downloads)) await execa('dpkg-deb', ['-x', path.join(downloads, file), into]);
  }

  return { unpack };
}

async function apt(args: readonly string[], cwd: string): Promise<void> {
  const result = await execa('apt-get', args, { cwd, reject: false, stdin: 'ignore', all: true, env: { LC_ALL: 'C' } });
  if (!result.failed) return;
  throw new MusterError('debian-packages', { reason: lastLine(result.all) }, { cause: result });
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** apt's options for folders below `work`; only the sources of the machine's own Debian release are used. */
async function privateApt(work: string, architecture: string): Promise<string[]> {
  const folder = (name: string) => path.join(work, 'apt', name);
  for (const name of ['state/lists/partial', 'cache/archives/partial', 'sources']) {
    await mkdir(folder(name), { recursive: true });
  }
  await writeFile(folder('status'), '');
  await copySources('/etc/apt', folder('sources'));
  const settings = {
    'APT::Architecture': architecture,
    'APT::Architectures::': architecture,
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Dir::State': folder('state'),
    'Dir::State::status': folder('status'),
    'Dir::Cache': folder('cache'),
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': folder('sources'),
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

/** Copies the source files that name this release's suite; other vendors' sources are omitted. */
async function copySources(from: string, into: string): Promise<void> {
  const release = await readFile('/etc/os-release', 'utf8');
  const codename = /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(release)?.[1];
  if (codename === undefined) {
    throw new MusterError('build-machine');
  }
  const parts = await readdir(path.join(from, 'sources.list.d')).catch(() => []);
  const files = ['sources.list', ...parts.map((name) => path.join('sources.list.d', name))];
  for (const file of files.filter((name) => /\.(list|sources)$/.test(name))) {
    const text = await readFile(path.join(from, file), 'utf8').catch(() => '');
    if (namesSuite(text, codename)) await copyFile(path.join(from, file), path.join(into, path.basename(file)));
  }
}

/** Whether a file in apt's one-line or deb822 format has an entry for the suite. */
export function namesSuite(text: string, codename: string): boolean {
  const oneLine = new RegExp(`^deb\\s+(\\[[^\\]]*\\]\\s+)?\\S+\\s+${codename}\\s`, 'm');
  const deb822 = new RegExp(`^Suites:(.*\\s)?${codename}(\\s|$)`, 'mi');
  return oneLine.test(text) || deb822.test(text);
}
