import { chmod, cp, lchown, lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readIfThere, unlessMissing } from '../../../shared/node/files.ts';

export interface Owner {
  uid: number;
  gid: number;
}

export interface PlacePlanOptions {
  /** The folder with cluster.yaml and the files beside it. */
  from: string;
  /** Where the plan belongs. */
  plan: string;
  /** Suffix of what is replaced and kept. */
  before: string;
  replace: boolean;
  /** The coordinator's user; null: owners stay. */
  owner: Owner | null;
}

/**
 * Puts a plan and its files in their place; false: the existing plan is kept. root owns them, the coordinator's group
 * can read them. Where coordinators share the plan, their user may have placed links: each name is replaced as such.
 */
export async function placePlan({ from, plan, before, replace, owner }: PlacePlanOptions): Promise<boolean> {
  if ((await readIfThere(plan)) !== null && !replace) return false;
  const folder = dirname(plan);
  await mkdir(folder, { recursive: true, mode: 0o750 });
  if (owner !== null) await closeToGroup(folder, owner);
  for (const name of (await unlessMissing(readdir(from))) ?? []) {
    const target = name === 'cluster.yaml' ? plan : join(folder, name);
    const fresh = `${target}.restoring`;
    await rm(fresh, { recursive: true, force: true });
    await cp(join(from, name), fresh, { recursive: true });
    await chmod(fresh, (await stat(fresh)).isDirectory() ? 0o750 : 0o640);
    if (owner !== null) await lchown(fresh, 0, owner.gid);
    await keep(target, `${target}${before}`);
    await rename(fresh, target);
  }
  return true;
}

/** Keeps files and folders: they may have what the backup does not have. */
async function keep(target: string, kept: string): Promise<void> {
  const there = await unlessMissing(lstat(target));
  if (there === null) return;
  await rm(kept, { recursive: true, force: true });
  if (there.isFile() || there.isDirectory()) await rename(target, kept);
  else await rm(target);
}

/** Until all is in place, nobody else changes the names in the folder. The agent opens it again where it is shared. */
async function closeToGroup(folder: string, { gid }: Owner): Promise<void> {
  const found = await stat(folder);
  if (found.gid === gid && (found.mode & 0o020) !== 0) await chmod(folder, found.mode & 0o7757);
}
