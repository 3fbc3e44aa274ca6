import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { storageError } from './storage-error.ts';

/** Makes what happened to the names in a folder survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Readers see the old content or the new, never a part, and a power cut leaves one of the two. The mode is set before there is any
 * content; where `like` is given, so is that owner. `folderMode`: of a folder that is created for it; null: none is created. Throws MusterError `disk-full`, `disk-read-only` or `disk-broken`; nothing has changed then.
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  {
    mode = 0o644,
    folderMode = 0o755,
    like,
  }: { mode?: number; folderMode?: number | null; like?: { uid: number; gid: number } | undefined } = {},
): Promise<void> {
  const folder = dirname(path);
  const partial = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.partial`);
  try {
    if (folderMode !== null) await mkdir(folder, { recursive: true, mode: folderMode });
    const handle = await open(partial, 'wx', 0o600);
    try {
      if (like !== undefined) await handle.chown(like.uid, like.gid);
      await handle.chmod(mode);
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw storageError(error, path);
  }
}

/** Removes a file for good; no error when it is not there. */
export async function removeForGood(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncFolder(dirname(path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** The error's code where it is one of the file system, such as ENOENT. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

/** `null` in place of "there is no such file". */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The text of a file; null: there is no such file. */
export function readIfThere(path: string): Promise<string | null> {
  return unlessMissing(readFile(path, 'utf8'));
}
