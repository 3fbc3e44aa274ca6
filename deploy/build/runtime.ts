import { chmod, copyFile, mkdir, readdir, readlink, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { prefix } from '../../shared/paths.ts';
import { type Arch, arches } from './arch.ts';
import { type Debian, openDebian } from './debian.ts';
import { bindTo, neededBy, strip } from './elf.ts';
import { copyNode, nodeVersion } from './node-binary.ts';
import { pack } from './tar.ts';
import { requireTools } from './tools.ts';

/** Raise it when the output changes for the same versions: it invalidates caches. */
const recipe = 1;

/** Packages of the C library, its name services and Node's other libraries. */
const debianPackages = ['libc6', 'libstdc++6', 'libgcc-s1', 'libatomic1'];

export interface RuntimeOptions {
  root: string;
  arch: Arch;
  /** Folder of finished runtimes, by version. */
  cache: string;
  /** Rebuilds with Debian's current C libraries. */
  fresh?: boolean;
}

/**
 * Builds runtime-ARCH.tar.gz, a Node that runs on machines with an older C library or none: bin/node, lib/ with its own
 * loader and C libraries, LICENSES/. Must be installed at /opt/muster/runtime. Returns the archive's path, from the
 * cache if it exists.
 */
export async function buildRuntime({ root, arch, cache, fresh = false }: RuntimeOptions): Promise<string> {
  const folder = runtimeFolder(cache, await nodeVersion(root, arch));
  const archive = path.join(folder, `runtime-${arch}.tar.gz`);
  if (!fresh && (await exists(archive))) return archive;

  await requireTools(['apt-get', 'dpkg-deb', 'patchelf', 'readelf', 'tar']);
  const work = path.join(folder, `work-${arch}`);
  await rm(work, { recursive: true, force: true });
  const into = path.join(work, 'runtime');
  const unpacked = path.join(work, 'debian');
  const debian = await openDebian(arch, work);
  await debian.unpack(debianPackages, unpacked);
  await copyNode(root, arch, { work, into });
  await copyLibraries(unpacked, into, arch);
  await copyCopyrights(debian, unpacked, path.join(into, 'LICENSES'));

  const node = path.join(into, 'bin/node');
  await chmod(node, 0o755);
  await strip(node, arches[arch].triplet);
  await bindTo(node, `${prefix}/runtime/lib`, arches[arch].loader);
  await pack(into, ['LICENSES', 'bin', 'lib'], archive);
  await rm(work, { recursive: true, force: true });
  return archive;
}

/** The cache folder for that version of Node. */
export const runtimeFolder = (cache: string, nodeVersion: string): string =>
  path.join(cache, `runtime-${nodeVersion}-${recipe}`);

/** Copies the name services and all libraries that Node needs, directly or indirectly. */
async function copyLibraries(debian: string, into: string, arch: Arch): Promise<void> {
  const { triplet } = arches[arch];
  const folders = [path.join(debian, 'usr/lib', triplet), path.join(debian, 'lib', triplet)];
  const available = new Map<string, string>();
  for (const folder of folders) {
    for (const name of await readdir(folder).catch(() => [])) available.set(name, path.join(folder, name));
  }
  const nameServices = [...available.keys()].filter((name) => /^libnss_.*\.so\.2$/.test(name));
  const pending = [...(await neededBy(path.join(into, 'bin/node'))), ...nameServices, arches[arch].loader];
  const copied = new Set<string>();
  await mkdir(path.join(into, 'lib'), { recursive: true });
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (copied.has(name)) continue;
    copied.add(name);
    const source = available.get(name);
    if (source === undefined) throw new Error(`${name} is in none of ${debianPackages.join(', ')}`);
    const target = path.join(into, 'lib', name);
    await copyFile(await realpath(source), target);
    await chmod(target, 0o755);
    pending.push(...(await neededBy(target)));
  }
}

/** The compiler's libraries have no copyright file of their own, only a link to another package's folder. */
async function copyCopyrights(debian: Debian, unpacked: string, into: string): Promise<void> {
  const documentation = path.join(unpacked, 'usr/share/doc');
  const linked = await Promise.all(
    debianPackages.map((name) => readlink(path.join(documentation, name)).catch(() => name)),
  );
  const others = [...new Set(linked)].filter((name) => !debianPackages.includes(name));
  if (others.length > 0) await debian.unpack(others, unpacked);
  await mkdir(into, { recursive: true });
  for (const name of debianPackages) {
    await copyFile(path.join(documentation, name, 'copyright'), path.join(into, name));
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
