import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { MusterError } from '../../../shared/errors/errors.ts';
import { hostNamed, labPaths } from '../layout.ts';

export const diskOf = (name: string) => `${labPaths.hosts}/${name}`;

/** The names of the hosts that have a disk. */
export function disks(): string[] {
  if (!existsSync(labPaths.hosts)) return [];
  return readdirSync(labPaths.hosts).filter((name) => hostNamed(name) !== undefined);
}

/** Gives the host a disk as a new machine has it, unless it has one. A copy that was cut short is never taken for a disk. */
export async function ensureDisk(name: string): Promise<void> {
  const disk = diskOf(name);
  if (existsSync(disk)) return;
  if (!existsSync(labPaths.base)) {
    throw new MusterError('lab-no-base', 'the lab has not been built yet', { remedy: 'npm run lab -- up --bare' });
  }
  const partial = `${disk}.partial`;
  await mkdir(labPaths.hosts, { recursive: true });
  await rm(partial, { recursive: true, force: true });
  await execa('cp', ['-a', '--reflink=auto', '--no-target-directory', labPaths.base, partial]);
  await writeFile(`${partial}/etc/hostname`, `${name}\n`);
  // Empty: systemd makes one of its own on the first boot.
  await writeFile(`${partial}/etc/machine-id`, '');
  await rename(partial, disk);
}

/** Deletes the host's disk. */
export async function removeDisk(name: string): Promise<void> {
  const disk = diskOf(name);
  if ((await readFile('/proc/self/mountinfo', 'utf8')).includes(` ${disk}`)) {
    throw new MusterError('lab-disk-mounted', `something is still mounted below ${disk}`, {
      remedy: `findmnt -R; umount what is there, then wipe ${name} again`,
    });
  }
  const doomed = `${disk}.doomed`;
  await rm(doomed, { recursive: true, force: true });
  if (existsSync(disk)) await rename(disk, doomed);
  await rm(doomed, { recursive: true, force: true });
}
