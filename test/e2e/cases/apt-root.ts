import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Host } from '../../../agent/host/host.ts';
import { createApt } from '../../../agent/machine/packages/apt.ts';
import type { InstallMeans, Packages, RefreshMeans } from '../../../agent/machine/packages/packages.ts';
import { unlessMissing } from '../../../shared/node/files.ts';
import { baseOf, basePart } from '../../lab/build/base.ts';
import { createDebian } from '../../lab/build/debian.ts';
import { ensurePart } from '../../lab/build/part.ts';
import { createProgress } from '../../lab/cli/progress.ts';
import { type System, suites } from '../../lab/systems.ts';

/** The root file system of a lab system, in memory above the lab's own, with its real apt. */
export interface AptRoot {
  host: Host;
  apt: Packages;
  /** What the step said. */
  said: string[];
  means: RefreshMeans & InstallMeans;
  /** Replaces all source files. */
  sources(files: Readonly<Record<string, string>>): Promise<void>;
  /** Exit code of a run of apt-get without muster. */
  aptGet(...args: string[]): Promise<number>;
  mode(path: string): Promise<number>;
  remove(): Promise<void>;
}

export async function createAptRoot(system: System): Promise<AptRoot> {
  const progress = createProgress((line) => process.stdout.write(`  ${line}\n`));
  await ensurePart(basePart(createDebian(suites[system]), system), progress);
  const memory = await mkdtemp(join(tmpdir(), 'muster-apt-'));
  await execa('mount', ['-t', 'tmpfs', 'tmpfs', memory]);
  const [root, upper, work] = ['root', 'upper', 'work'].map((name) => join(memory, name)) as [string, string, string];
  for (const folder of [root, upper, work]) await mkdir(folder);
  const layers = `lowerdir=${baseOf(system)},upperdir=${upper},workdir=${work}`;
  await execa('mount', ['-t', 'overlay', 'overlay', '-o', layers, root]);
  const host = hostAt(root);
  const said: string[] = [];
  const etc = join(root, 'etc/apt');
  return {
    host,
    apt: createApt(host),
    said,
    means: {
      say: (line) => said.push(line.en),
      sleep: async () => undefined,
      files: host,
      proxy: {},
      async runLong(program, args, options = {}) {
        const { exitCode, stdout, stderr } = await host.run(program, args, options);
        return { exitCode, tail: `${stdout}\n${stderr}`.split('\n') };
      },
    },
    async sources(files) {
      await rm(join(etc, 'sources.list'), { force: true });
      await rm(join(etc, 'sources.list.d'), { recursive: true, force: true });
      await mkdir(join(etc, 'sources.list.d'));
      for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
    },
    aptGet: async (...args) => (await host.run('apt-get', args)).exitCode,
    mode: async (path) => (await stat(join(root, path))).mode & 0o777,
    async remove() {
      await execa('umount', [root]);
      await execa('umount', [memory]);
      await rm(memory, { recursive: true });
    },
  };
}

/** The parts of a host that package management uses, below `root`. */
function hostAt(root: string): Host {
  const at = (path: string) => join(root, path);
  const part: Partial<Host> = {
    async run(program, args, { env = {} } = {}) {
      const found = await execa('chroot', [root, program, ...args], {
        reject: false,
        env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...env },
      });
      return { exitCode: found.exitCode ?? 1, stdout: found.stdout, stderr: found.stderr };
    },
    // The locks of this machine are none of the root's.
    readFile: async (path) => (path.startsWith('/proc/') ? null : unlessMissing(readFile(at(path), 'utf8'))),
    list: async (path) => ((await unlessMissing(readdir(at(path)))) ?? []).sort(),
    exists: async (path) => (await unlessMissing(stat(at(path)))) !== null,
    async writeFile(path, content, { mode = 0o644 } = {}) {
      await mkdir(dirname(at(path)), { recursive: true });
      await writeFile(at(path), content);
      await chmod(at(path), mode);
    },
    removeTree: (path) => rm(at(path), { recursive: true, force: true }),
  };
  return part as Host;
}
