import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { lstat, open, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { MusterError } from '../../shared/errors/errors.ts';
import { codeOf, removeDurably, unlessMissing, writeAtomically } from '../../shared/node/files.ts';

const mostLinks = 8;

/**
 * The file that a write to `path` changes: the target of a symbolic link, which stays. A link to anything but a file,
 * such as /dev/null, is itself replaced.
 */
export async function fileBehind(path: string, links = mostLinks): Promise<string> {
  const found = await unlessMissing(lstat(path));
  if (found?.isSymbolicLink() !== true) return path;
  const isFile = (await unlessMissing(stat(path)).catch(() => null))?.isFile();
  if (isFile === true) return realpathSync(path);
  const target = resolve(dirname(path), await readlink(path));
  const isDangling = isFile === undefined && links > 0 && (await unlessMissing(stat(dirname(target)))) !== null;
  return isDangling ? fileBehind(target, links - 1) : path;
}

/**
 * Replaces a file atomically and keeps its mode, owner and, with `attributes`, its ACL, SELinux label and other
 * extended attributes. `mode` overrides the mode. A file with several hard links, or one that is a mount point, is
 * written in place, because its other names must see the content. Throws MusterError `file-locked` or `file-misplaced`,
 * and what writeAtomically throws.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  { mode, attributes }: { mode?: number | undefined; attributes: boolean },
): Promise<void> {
  const before = await unlessMissing(lstat(path));
  const kept = before?.isFile() === true ? before : null;
  const prepare = (partial: string) => copyAttributes(path, partial);
  try {
    if (kept !== null && kept.nlink > 1) return await writeInPlace(path, content, mode);
    await writeAtomically(path, content, {
      mode: mode ?? (kept === null ? 0o644 : kept.mode & 0o7777),
      ...(kept === null ? {} : { like: kept, ...(attributes ? { prepare } : {}) }),
    });
  } catch (error) {
    if (codeOf(error) === 'EBUSY' && kept !== null) return writeInPlace(path, content, mode);
    throw refusal(error, path);
  }
}

/** Deletes a file durably; succeeds if it does not exist. Throws MusterError `file-locked` or `file-misplaced`. */
export const deleteFile = (path: string): Promise<void> =>
  removeDurably(path).catch((error) => {
    throw refusal(error, path);
  });

/**
 * For root, EPERM means that the file or its folder is immutable or append-only (chattr +i, +a). The others: docker
 * creates a folder for a missing file that a container mounts.
 */
const refusals: Readonly<Record<string, 'file-locked' | 'file-misplaced'>> = {
  EPERM: 'file-locked',
  EISDIR: 'file-misplaced',
  ENOTDIR: 'file-misplaced',
  EEXIST: 'file-misplaced',
};

function refusal(error: unknown, path: string): unknown {
  const code = refusals[codeOf(error) ?? ''];
  return code === undefined ? error : new MusterError(code, { path, folder: dirname(path) }, { cause: error });
}

/** Not atomic; the prior record holds the content until then. */
async function writeInPlace(path: string, content: string | Uint8Array, mode: number | undefined): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    if (mode !== undefined) await handle.chmod(mode);
    await handle.truncate();
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Best effort beyond mode and owner: a file system may support none of them. Node.js cannot read them. */
async function copyAttributes(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['--attributes-only', '--preserve=all', '--', from, to]).catch(() => undefined);
}
