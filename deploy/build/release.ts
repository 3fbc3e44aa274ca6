import { copyFile, cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { version as ownVersion } from '../../shared/version.ts';
import type { Arch } from './arch.ts';
import { bundle, type Program } from './bundle.ts';
import { commonScript } from './common-script.ts';
import { installTemplate } from './install-template.ts';
import { buildRuntime } from './runtime.ts';
import { signRelease } from './signing.ts';
import { pack } from './tar.ts';

const programs: readonly Program[] = [
  {
    name: 'agent',
    extra: {
      'deploy/muster-agent.service': 'muster-agent.service',
      'deploy/update-guard.sh': 'update-guard.sh',
      'deploy/uninstall.sh': 'uninstall.sh',
    },
  },
  {
    name: 'coordinator',
    extra: { 'deploy/muster-coordinator.service': 'muster-coordinator.service' },
    page: true,
  },
];

/** Copied into the archive unchanged. */
const files = ['deploy/setup.sh', 'deploy/uninstall.sh', 'deploy/examples', 'LICENSE'];

export interface ReleaseOptions {
  root: string;
  /** The folder for the archives. */
  out: string;
  cache: string;
  arches: readonly Arch[];
  fresh?: boolean;
  /** Overrides the version of the sources, for example to test an update. */
  version?: string;
  /** Called before and after each part. `bytes`: the size of the finished part; null before. */
  progress?: (event: { part: string; bytes: number | null }) => void;
}

/**
 * Builds muster-VERSION-linux-ARCH.tar.gz for each architecture: setup.sh, both programs, the install template and the
 * runtime. Returns their paths. Reproducible for the same sources and runtime.
 */
export async function buildReleases(options: ReleaseOptions): Promise<string[]> {
  const { root, out, cache, arches, fresh = false, version = ownVersion, progress = () => {} } = options;
  async function timed(part: string, make: () => Promise<string>): Promise<string> {
    progress({ part, bytes: null });
    const file = await make();
    progress({ part, bytes: (await stat(file)).size });
    return file;
  }

  await mkdir(out, { recursive: true });
  const work = await mkdtemp(path.join(out, '.build-'));
  try {
    const parts: string[] = [];
    for (const program of programs)
      parts.push(await timed(program.name, () => packProgram(root, program, version, work)));
    const archives: string[] = [];
    for (const arch of arches) {
      const runtime = await timed(`runtime for ${arch}`, () => buildRuntime({ root, arch, cache, fresh }));
      const archive = path.join(out, `muster-${version}-linux-${arch}.tar.gz`);
      archives.push(
        await timed(path.basename(archive), () =>
          packArchive({ root, parts: [...parts, runtime], archive, work, cache, version, arch }),
        ),
      );
    }
    return archives;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function packProgram(root: string, program: Program, version: string, work: string): Promise<string> {
  const folder = path.join(work, program.name);
  await bundle(root, { ...program, version }, folder);
  const archive = path.join(work, `${program.name}.tar.gz`);
  await pack(folder, ['.'], archive);
  return archive;
}

interface ArchiveOptions {
  root: string;
  parts: readonly string[];
  archive: string;
  work: string;
  cache: string;
  version: string;
  arch: Arch;
}

async function packArchive({ root, parts, archive, work, cache, version, arch }: ArchiveOptions): Promise<string> {
  const name = `muster-${version}`;
  const folder = path.join(work, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const part of parts) await copyFile(part, path.join(folder, path.basename(part)));
  for (const file of files) {
    await cp(path.join(root, file), path.join(folder, path.basename(file)), { recursive: true });
  }
  await writeFile(path.join(folder, 'common.sh'), await commonScript(root));
  await writeFile(path.join(folder, 'install.sh'), await installTemplate(root));
  // Agents install these programs; on control planes also the coordinator, by setup.sh.
  const scripts = ['common.sh', 'install.sh', 'setup.sh'].map((name) => path.join(folder, name));
  await signRelease(folder, { cache, version, arch, files: [...parts, ...scripts] });
  // The parts are already compressed.
  await pack(work, [name], archive, 1);
  return archive;
}
