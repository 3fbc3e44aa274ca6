import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { baseOf } from '../build/base.ts';
import { LabError } from '../lab-error.ts';
import { gateway, hostNamed, labPaths } from '../layout.ts';
import { setupOf, unmarkFurnished } from './setup.ts';

export const diskOf = (name: string) => `${labPaths.hosts}/${name}`;

export function disks(): string[] {
  if (!existsSync(labPaths.hosts)) return [];
  return readdirSync(labPaths.hosts).filter((name) => hostNamed(name) !== undefined);
}

/** Copies a root filesystem as the host's disk, unless the host has one. An interrupted copy is never used. */
export async function ensureDisk(name: string, source: string = baseOf(setupOf(name).system)): Promise<void> {
  const disk = diskOf(name);
  if (existsSync(disk)) return;
  if (!existsSync(source)) {
    throw new LabError('lab-no-base', 'the lab has not been built yet', { remedy: 'npm run lab -- up --bare' });
  }
  const partial = `${disk}.partial`;
  await mkdir(labPaths.hosts, { recursive: true });
  await rm(partial, { recursive: true, force: true });
  await copyDisk(source, partial);
  await writeFile(`${partial}/etc/hostname`, `${name}\n`);
  // Empty, so that systemd generates an id on the first boot.
  await writeFile(`${partial}/etc/machine-id`, '');
  await writeFile(`${partial}/etc/resolv.conf`, `nameserver ${gateway}\n`);
  await rename(partial, disk);
}

/** Files below these are replaced, never written in place (programs, image layers), so all disks can share them. */
const shared = [
  'usr',
  'opt',
  'var/lib/containerd/io.containerd.content.v1.content/blobs',
  'var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots',
  'var/lib/docker/overlay2',
];

/** Hard links cost neither time nor space; files that a host may write in place are copied. */
async function copyDisk(source: string, target: string): Promise<void> {
  await execa('cp', ['-al', '--no-target-directory', source, target]);
  const pruned = shared.flatMap((folder) => ['-path', `./${folder}`, '-prune', '-o']);
  const own = await execa('find', ['.', ...pruned, '-type', 'f', '-print0'], { cwd: source });
  const copy = [
    '-0',
    '--no-run-if-empty',
    'cp',
    '-a',
    '--parents',
    '--remove-destination',
    `--target-directory=${target}`,
  ];
  await execa('xargs', copy, { cwd: source, input: own.stdout });
}

export async function removeDisk(name: string): Promise<void> {
  const disk = diskOf(name);
  if ((await readFile('/proc/self/mountinfo', 'utf8')).includes(` ${disk}`)) {
    throw new LabError('lab-disk-mounted', `something is still mounted below ${disk}`, {
      remedy: `findmnt -R; umount what is there, then wipe ${name} again`,
    });
  }
  const doomed = `${disk}.doomed`;
  unmarkFurnished(name);
  await rm(doomed, { recursive: true, force: true });
  if (existsSync(disk)) await rename(disk, doomed);
  // A dirty host has files that not even root can delete.
  await execa('chattr', ['-R', '-f', '-i', `${doomed}/etc`], { reject: false });
  await rm(doomed, { recursive: true, force: true });
}
