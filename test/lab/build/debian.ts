import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { LabError } from '../lab-error.ts';
import { labPaths } from '../layout.ts';
import { convertDeb822, convertList, type SourceOptions } from './sources.ts';

/**
 * One suite of Debian's archive, read through apt lists of the lab's own, from the mirrors that the machine itself
 * uses.
 */
export interface Debian {
  /** Downloads binary packages, without what they depend on, into a folder. */
  download(packages: readonly string[], folder: string): Promise<void>;
  /** Downloads the newest source of a package into a folder. */
  source(name: string, folder: string): Promise<void>;
  /** Downloads packages with all that a root filesystem lacks for them. */
  downloadFor(root: string, packages: readonly string[], folder: string): Promise<void>;
  /** Source files of the suite that other programs can be given. */
  sourceFiles(): Promise<string[]>;
}

const codenamePattern = /^VERSION_CODENAME=(\S+)$/m;

async function machineSources(options: SourceOptions): Promise<{ name: string; text: string }[]> {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder) : []).map((f) => `${folder}/${f}`),
  ];
  const found: { name: string; text: string }[] = [];
  for (const file of files.filter((one) => /\.(list|sources)$/.test(one) && existsSync(one))) {
    const convert = file.endsWith('.sources') ? convertDeb822 : convertList;
    const text = convert(await readFile(file, 'utf8'), options);
    if (text !== '') found.push({ name: path.basename(file), text });
  }
  return found;
}

async function writeSources(folder: string, { suite, types }: Omit<SourceOptions, 'codename'>): Promise<string[]> {
  const codename = (await readFile('/etc/os-release', 'utf8')).match(codenamePattern)?.[1] ?? '';
  const sources = await machineSources({ codename, suite, types });
  if (sources.length === 0) {
    throw new LabError('lab-no-sources', `apt has no source for Debian's own ${codename} packages (component main)`, {
      remedy: 'add one to /etc/apt/sources.list.d and run apt-get update',
    });
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { name, text } of sources) await writeFile(`${folder}/${name}`, text);
  return sources.map(({ name }) => `${folder}/${name}`);
}

/** The lists are fetched with the first use, and once only. */
export function createDebian(suite: string): Debian {
  const own = `${labPaths.apt}/${suite}`;
  const parts = `${own}/sources.list.d`;
  const options = [
    `Dir::Etc::SourceList=/dev/null`,
    `Dir::Etc::SourceParts=${parts}`,
    `Dir::State::Lists=${own}/lists`,
    `Dir::Cache=${own}/cache`,
    // What this machine has installed would be taken for the newest.
    'Dir::State::status=/dev/null',
    'APT::Sandbox::User=root',
    // A mirror that does not follow an unstable suite every day outlives its lists.
    'Acquire::Check-Valid-Until=false',
  ].flatMap((option) => ['-o', option]);
  let updated: Promise<unknown> | undefined;

  async function update(): Promise<void> {
    await mkdir(`${own}/lists/partial`, { recursive: true });
    await mkdir(`${own}/cache/archives/partial`, { recursive: true });
    await writeSources(parts, { suite, types: ['deb', 'deb-src'] });
    await execa('apt-get', [...options, '-qq', 'update']);
  }

  async function apt(args: readonly string[], cwd: string): Promise<void> {
    updated ??= update();
    await updated;
    await mkdir(cwd, { recursive: true });
    await execa('apt-get', [...options, '-qq', ...args], { cwd, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  }

  return {
    download: (packages, folder) => apt(['download', ...packages], folder),
    source: (name, folder) => apt(['source', '--download-only', name], folder),
    async downloadFor(root, packages, folder) {
      await mkdir(`${folder}/partial`, { recursive: true });
      const state = [`Dir::State::status=${root}/var/lib/dpkg/status`, 'Dir::State::extended_states=/dev/null'];
      const where = [...state, `Dir::Cache::archives=${folder}`].flatMap((option) => ['-o', option]);
      await apt([...where, '-y', '--no-install-recommends', '--download-only', 'install', ...packages], folder);
      await rm(`${folder}/partial`, { recursive: true });
      await rm(`${folder}/lock`, { force: true });
    },
    sourceFiles: () => writeSources(`${own}/base-sources`, { suite, types: ['deb'] }),
  };
}
