import { constants } from 'node:fs';
import { access, lstat, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, unlessMissing } from '../../shared/node/files.ts';
import { fileBehind } from './write-file.ts';

/** What keeps root from changing a file, and the file or folder that has the property. */
export interface Lock {
  path: string;
  /** `directory`: in place of the file; `no-directory`: a file in place of its folder. */
  lock: 'immutable' | 'append-only' | 'read-only' | 'directory' | 'no-directory';
}

/** Whether a file can be replaced; null: it can. Read-only; for root, EPERM means an attribute set by chattr. */
export async function lockOf(path: string): Promise<Lock | null> {
  const file = await fileBehind(path);
  if ((await unlessMissing(lstat(file)))?.isDirectory() === true) return { path: file, lock: 'directory' };
  return (await accessLock(file)) ?? (await appendLock(file)) ?? folderLock(dirname(file));
}

/** The nearest folder that exists takes the new file. */
async function folderLock(folder: string): Promise<Lock | null> {
  const found = await unlessMissing(stat(folder));
  if (found === null && folder !== '/') return folderLock(dirname(folder));
  return found?.isDirectory() === false ? { path: folder, lock: 'no-directory' } : accessLock(folder);
}

async function accessLock(path: string): Promise<Lock | null> {
  const code = await codeFrom(access(path, constants.W_OK));
  return code === 'EROFS' ? { path, lock: 'read-only' } : code === 'EPERM' ? { path, lock: 'immutable' } : null;
}

/** A file that takes additions only cannot be opened for anything else. */
async function appendLock(path: string): Promise<Lock | null> {
  const code = await codeFrom(open(path, constants.O_WRONLY | constants.O_NONBLOCK).then((file) => file.close()));
  return code === 'EPERM' ? { path, lock: 'append-only' } : null;
}

const codeFrom = (work: Promise<void>) => work.then(() => undefined, codeOf);
