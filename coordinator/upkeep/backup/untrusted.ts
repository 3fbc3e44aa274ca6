import { constants, createWriteStream, type Stats } from 'node:fs';
import { lstat, mkdir, open, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unlessMissing } from '../../../shared/node/files.ts';

/**
 * Files of the coordinator's state, and the plan with the files next to it. Not SQLite's own files beside a database: a
 * journal may name other files. Not the key that signs plans, which no coordinator has.
 */
const expected = /^(?:(?!muster\.db-)\w[\w.-]{0,99}|plan(?:\/(?!plan-signing\.key$)\w[\w.-]{0,99}){1,8})$/;

/** The plan may name an archive, and the database of thousands of hosts is larger; what is read whole is smaller. */
const largest = 2 * 1024 ** 3 - 1;

/**
 * Finds an entry that a backup must not contain: a link, a device, a hard link, a huge file, an unexpected name. Returns its path
 * below the folder; null: none. A restore runs as root and changes owners, so a link could lead out of the folder.
 */
export async function unexpectedEntry(folder: string): Promise<string | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (!expected.test(name)) return name;
    if (entry.isDirectory() ? name.split('/')[0] !== 'plan' : !(entry.isFile() && isPlain(await lstat(path)))) {
      return name;
    }
  }
  return null;
}

const isPlain = ({ nlink, size }: Stats): boolean => nlink === 1 && size <= largest;

const backupName = /^muster-[\w-]{1,120}\.tar\.gz(?:\.age)?$/;
const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * Copies the backups of one folder into a new one. The source belongs to the coordinator's user, who may have placed
 * links there: no link is followed, neither as the folder nor as a file.
 */
export async function copyBackups(from: string, to: string): Promise<void> {
  const folder = await unlessMissing(open(from, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  if (folder === null) return;
  try {
    await mkdir(to, { mode: 0o700 });
    const opened = `/proc/self/fd/${folder.fd}`;
    for (const name of (await readdir(opened)).filter((one) => backupName.test(one))) {
      await copyRegular(join(opened, name), join(to, name));
    }
  } finally {
    await folder.close();
  }
}

async function copyRegular(from: string, to: string): Promise<void> {
  const source = await open(from, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP' || error.code === 'ENOENT') return null;
    throw error;
  });
  if (source === null) return;
  try {
    if (!(await source.stat()).isFile()) return;
    await pipeline(source.createReadStream({ autoClose: false }), createWriteStream(to, { flags: 'wx', mode: 0o600 }));
  } finally {
    await source.close();
  }
}
