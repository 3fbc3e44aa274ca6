import { chmod, chown, lstat, mkdir, readdir, readFile, readlink, rename, rmdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, removeDurably, unlessMissing } from '../../shared/node/files.ts';
import type { FileRecord } from '../prior/record.ts';
import { deleteFile, replaceFile } from './write-file.ts';

export type FileState = FileRecord['was'];

/** What exists at a path; null: something that muster neither writes nor removes, such as a folder. */
export async function lookAtFile(path: string): Promise<FileState | null> {
  const stat = await unlessMissing(lstat(path));
  if (stat === null) return { state: 'absent', made: await topmostMissing(dirname(path)) };
  if (stat.isSymbolicLink()) return { state: 'link', target: await readlink(path) };
  if (!stat.isFile()) return null;
  const base64 = (await readFile(path)).toString('base64');
  return { state: 'file', mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, base64 };
}

async function topmostMissing(folder: string): Promise<string | null> {
  if ((await unlessMissing(lstat(folder))) !== null) return null;
  return (await topmostMissing(dirname(folder))) ?? folder;
}

/** Restores a path's content, owner and mode. */
export async function restoreFile(path: string, state: FileState): Promise<void> {
  if (state.state === 'absent') return deleteFile(path);
  if (state.state === 'link') return replaceByLink(state.target, path);
  await replaceFile(path, Buffer.from(state.base64, 'base64'), { mode: state.mode, attributes: true });
  await chown(path, state.uid, state.gid);
  await chmod(path, state.mode);
}

/** Replaces a path atomically, so that it always exists. */
export async function replaceByLink(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = join(dirname(path), `.${process.pid}.link.partial`);
  await removeDurably(partial);
  await symlink(target, partial);
  await rename(partial, path);
}

/** Removes an empty folder. false: it is not empty and stays. */
export async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    if ((await unlessMissing(lstat(folder))) !== null) await rmdir(folder);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EBUSY', 'ENOTDIR'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

/** All paths below a folder, sorted, without the folder; null: it does not exist. */
export async function pathsBelowFolder(folder: string): Promise<string[] | null> {
  if ((await unlessMissing(lstat(folder)))?.isDirectory() !== true) return null;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
}
