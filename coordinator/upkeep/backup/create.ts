import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { readIfThere } from '../../../shared/node/files.ts';
import type { Store } from '../../store/store.ts';
import { type BackupAbout, pack } from './archive.ts';
import { signingKeyPattern } from './signature.ts';

export const databaseName = 'muster.db';
/** Relative to the state folder. */
export const backupsName = 'backups';
export const signingKeyName = 'recovery-signing.key';

export interface BackupSource {
  store: Store;
  /** The coordinator's state folder. */
  state: string;
  /** The plan file, then the files that it names. */
  planFiles: () => readonly string[];
  about: () => Omit<BackupAbout, 'revision'>;
}

/**
 * Backs up what identifies this coordinator to agents: its CA and keys, the database (without the steps' output), and
 * the plan with the files next to it. Does not interrupt operation.
 */
export async function createBackup(source: BackupSource): Promise<Buffer> {
  const { store, state, planFiles, about } = source;
  const folder = await mkdtemp(join(state, '.backup-'));
  try {
    const revision = await store.copyTo(join(folder, databaseName));
    const names = (await readdir(state, { withFileTypes: true }))
      .filter((entry) => entry.isFile() && !entry.name.startsWith(databaseName) && !entry.name.endsWith('.partial'))
      .map(({ name }) => name);
    for (const name of names) await copyFile(join(state, name), join(folder, name));
    const [plan = '', ...others] = planFiles();
    for (const file of [plan, ...others]) {
      const name = file === plan ? 'cluster.yaml' : relative(dirname(plan), file);
      // Files outside the plan's folder are not the plan's own.
      if (name.startsWith('..')) continue;
      const target = join(folder, 'plan', name);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(file, target);
    }
    return await pack(folder, { ...about(), revision }, await signingKeyIn(state));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The key that signs backups (see signature.ts); null: there is no recovery key. */
export async function signingKeyIn(state: string): Promise<string | null> {
  const text = (await readIfThere(join(state, signingKeyName)))?.trim() ?? '';
  return signingKeyPattern.test(text) ? text : null;
}
