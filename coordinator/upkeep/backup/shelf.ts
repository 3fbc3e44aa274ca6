import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../../shared/node/files.ts';

const namePattern = /^muster-[a-z0-9-]+-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.gz$/;
/** Suffix of copies that only the recovery key decrypts. */
export const sealedSuffix = '.age';

export function backupName(cluster: string, at: Date): string {
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, '');
  return `muster-${cluster}-${stamp}.tar.gz`;
}

/** When the backup of this name was made, in milliseconds since the epoch; null: not a backup's name. */
export function madeAt(name: string): number | null {
  const parts = namePattern.exec(name)?.slice(1);
  if (parts === undefined) return null;
  const [year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** A folder of backups. `suffix`: empty for unencrypted backups, or `sealedSuffix`. */
export function openShelf(folder: string) {
  async function names(suffix = ''): Promise<string[]> {
    const all = await readdir(folder).catch(() => []);
    return all
      .filter((name) => name.endsWith(suffix) && madeAt(name.slice(0, name.length - suffix.length)) !== null)
      .sort();
  }

  return {
    /** Oldest first. */
    names,
    path: (name: string) => join(folder, name),
    put: (name: string, content: Parameters<typeof writeAtomically>[1]) =>
      writeAtomically(join(folder, name), content, { mode: 0o600 }),
    /** Keeps the newest `count` backups. */
    async keep(count: number, suffix = ''): Promise<void> {
      const all = await names(suffix);
      for (const old of all.slice(0, Math.max(0, all.length - count))) await rm(join(folder, old), { force: true });
    },
  };
}
