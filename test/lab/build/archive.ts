import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';

/** Container images as docker-archive files, packed from programs of this machine and the libraries that they need. */

export interface Image {
  /** Such as pause:3.2 */
  name: string;
  /** Path in the image -> file, or folder of shared objects, of this machine. */
  files: Readonly<Record<string, string>>;
  /** Path in the image -> where the link points. */
  links?: Readonly<Record<string, string>>;
  entrypoint?: readonly string[];
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * The absolute paths of the shared libraries (and of the loader) that a program needs; none for a static one or a
 * script.
 */
async function librariesOf(file: string): Promise<string[]> {
  const { stdout } = await execa('ldd', [file], { reject: false });
  return stdout.split(/\s+/).filter((word) => word.startsWith('/') && !word.endsWith(':'));
}

async function stage(root: string, target: string, source: string): Promise<void> {
  const real = await realpath(source);
  if ((await stat(real)).isDirectory()) {
    const objects = (await readdir(real)).filter((entry) => entry.endsWith('.so'));
    for (const entry of objects) await stage(root, `${target}/${entry}`, `${real}/${entry}`);
    return;
  }
  await mkdir(path.dirname(root + target), { recursive: true });
  await copyFile(real, root + target);
  await chmod(root + target, 0o755);
  for (const library of await librariesOf(real)) {
    await mkdir(path.dirname(root + library), { recursive: true });
    await copyFile(library, root + library);
  }
}

/** The same files give the same bytes. */
const tar = (file: string, folder: string, ...members: string[]) =>
  execa('tar', [
    ...['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=gnu'],
    ...['-C', folder, '-cf', file, ...members],
  ]);

/** Writes the image, tagged `repository/name`, to `file`. */
export async function packImage(image: Image, repository: string, architecture: string, file: string): Promise<void> {
  const work = await mkdtemp(`${file}.`);
  try {
    const root = `${work}/root`;
    await mkdir(`${root}/tmp`, { recursive: true });
    await chmod(`${root}/tmp`, 0o1777);
    for (const [target, source] of Object.entries(image.files)) await stage(root, target, source);
    for (const [link, target] of Object.entries(image.links ?? {})) {
      await mkdir(path.dirname(root + link), { recursive: true });
      await symlink(target, root + link);
    }
    await mkdir(`${work}/archive`);
    await tar(`${work}/layer.tar`, root, '.');
    const layer = await sha256(`${work}/layer.tar`);
    await rename(`${work}/layer.tar`, `${work}/archive/${layer}.tar`);
    const config = JSON.stringify({
      architecture,
      os: 'linux',
      config: { Entrypoint: image.entrypoint ?? null, Env: ['PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] },
      rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] },
      history: [{ created_by: 'muster lab' }],
    });
    const configFile = `${createHash('sha256').update(config).digest('hex')}.json`;
    await writeFile(`${work}/archive/${configFile}`, config);
    const manifest = [{ Config: configFile, RepoTags: [`${repository}/${image.name}`], Layers: [`${layer}.tar`] }];
    await writeFile(`${work}/archive/manifest.json`, JSON.stringify(manifest));
    await tar(`${work}/image.tar`, `${work}/archive`, 'manifest.json', configFile, `${layer}.tar`);
    await rename(`${work}/image.tar`, file);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
