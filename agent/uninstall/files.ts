import { chmod, chown, lstat, mkdir, rename, rmdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, removeForGood, unlessMissing, writeAtomically } from '../host/files.ts';
import { fingerprint, lookAtFile } from '../prior/file.ts';
import type { FileRecord } from '../prior/record.ts';

/** `back`: as before muster, now or already; `kept`: the operator's changes since are in it, and it stays. */
export type FileEnd = 'back' | 'kept';

export async function putFileBack({ path, was, wrote, foreign }: FileRecord): Promise<FileEnd> {
  const now = await lookAtFile(path);
  if (now === null) return 'kept';
  if (fingerprint(now) === fingerprint(was) && sameOwner(now, was)) return 'back';
  if (foreign || ![...wrote, fingerprint(was)].includes(fingerprint(now))) return 'kept';
  if (was.state === 'absent') {
    await removeForGood(path);
  } else if (was.state === 'link') {
    await mkdir(dirname(path), { recursive: true });
    const partial = join(dirname(path), `.${process.pid}.link.partial`);
    await symlink(was.target, partial);
    await rename(partial, path);
  } else {
    await writeAtomically(path, Buffer.from(was.base64, 'base64'), { mode: was.mode, like: was });
    await chown(path, was.uid, was.gid);
    await chmod(path, was.mode);
  }
  return 'back';
}

function sameOwner(now: FileRecord['was'], was: FileRecord['was']): boolean {
  if (now.state !== 'file' || was.state !== 'file') return true;
  return now.mode === was.mode && now.uid === was.uid && now.gid === was.gid;
}

/**
 * Removes the folders that were made for a file, as long as nothing else is in them; returns those that stay. Called once all files are
 * back: they share folders.
 */
export async function removeMadeFolders({ path, was }: FileRecord): Promise<string[]> {
  if (was.state !== 'absent' || was.made === null) return [];
  const left: string[] = [];
  for (let folder = dirname(path); folder.startsWith(was.made); folder = dirname(folder)) {
    if (left.length > 0 || !(await removeIfEmpty(folder))) left.push(folder);
  }
  return left;
}

/** Whether the folder is gone. */
export async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    if ((await unlessMissing(lstat(folder))) !== null) await rmdir(folder);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EBUSY', 'ENOTDIR'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}
