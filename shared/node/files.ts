import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { storageError } from './storage-error.ts';

/** Makes changes to a folder's entries survive a power failure. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file atomically: readers see the old or the new content, also after a power failure. `mode`, the owner
 * `like` and what `prepare` does to the empty file are set before any content is written. `folderMode`: mode of folders
 * created for it; null: none are created.
 * Throws MusterError `disk-full`, `quota-exceeded`, `disk-read-only` or `disk-broken`, with nothing changed.
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  {
    mode = 0o644,
    folderMode = 0o755,
    like,
    prepare,
  }: {
    mode?: number;
    folderMode?: number | null;
    like?: { uid: number; gid: number } | undefined;
    prepare?: (partial: string) => Promise<void>;
  } = {},
): Promise<void> {
  const folder = dirname(path);
  const partial = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.partial`);
  try {
    if (folderMode !== null) await mkdir(folder, { recursive: true, mode: folderMode });
    const handle = await open(partial, 'wx', 0o600);
    try {
      await prepare?.(partial);
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

/** Deletes a file durably; succeeds if it does not exist. */
export async function removeDurably(path: string): Promise<void> {
  await unlessMissing(unlink(path));
  await syncFolder(dirname(path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** The error's code, such as ENOENT; undefined: none. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

/** Resolves with null if the path does not exist. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The text of a file; null: it does not exist. */
export function readIfThere(path: string): Promise<string | null> {
  return unlessMissing(readFile(path, 'utf8'));
}
