import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { unlessMissing } from '../../shared/node/files.ts';
import { type ClusterBackup, readClusterBackup } from './manifest.ts';

/** Sorts by time, and is a folder's name. */
export const nameAt = (at: Date): string => `cluster-${at.toISOString().replace(/[-:]|\.\d+/g, '')}`;
/** Left free on the file system, which other programs use, too. */
const reserve = 512 * 1024 ** 2;
const inMiB = (bytes: number) => `${Math.ceil(bytes / 1024 ** 2)} MiB`;
/** A backup that is not complete yet. */
export const partialName = '.partial';
const namePattern = /^cluster-\d{8}T\d{6}Z$/;

export type Shelf = ReturnType<typeof openShelf>;

/** Backups of the cluster on this host, one folder each, readable by root only. */
export function openShelf(folder: string) {
  const path = (name: string) => join(folder, name);

  async function names(): Promise<string[]> {
    const all = (await unlessMissing(readdir(folder))) ?? [];
    return all.filter((name) => namePattern.test(name)).sort();
  }

  async function newest(): Promise<ClusterBackup | null> {
    for (const name of (await names()).reverse()) {
      const found = await readClusterBackup(path(name));
      if (found !== null) return { name, ...found };
    }
    return null;
  }

  return {
    path,
    /** Oldest first. */
    names,
    /** The newest that is complete. */
    newest,
    /** Fills a new folder and shows it under its name once complete. */
    async put(name: string, fill: (partial: string) => Promise<void>): Promise<void> {
      const partial = path(partialName);
      await rm(partial, { recursive: true, force: true });
      await mkdir(partial, { recursive: true, mode: 0o700 });
      try {
        await fill(partial);
        await rename(partial, path(name));
      } finally {
        await rm(partial, { recursive: true, force: true });
      }
    },
    /** Throws MusterError `cluster-backup-no-space` unless a backup of a database, and its verification, fit. */
    async requireRoom(databaseBytes: number): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(folder);
      const needed = 2 * databaseBytes + reserve;
      if (bavail * bsize >= needed) return;
      throw new MusterError('cluster-backup-no-space', { folder, free: inMiB(bavail * bsize), needed: inMiB(needed) });
    },
    /** Keeps the newest `count`. */
    async keep(count: number): Promise<void> {
      for (const old of (await names()).slice(0, -count)) await rm(path(old), { recursive: true, force: true });
    },
  };
}
