import { backup, DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { revisionStore } from './revision.ts';

/** Rows deleted in one turn of the event loop. */
const chunk = 200;

/**
 * Writes a snapshot without the steps' output to a new file; resolves to its revision. SQLite copies it in a thread of
 * its own. Deleted rows are overwritten with zeros, which compress to nothing: VACUUM would block for seconds.
 */
export async function copyDatabase(db: DatabaseSync, file: string): Promise<number> {
  await backup(db, file);
  const copy = new DatabaseSync(file);
  try {
    copy.exec('PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; PRAGMA synchronous = OFF;');
    const deleteSome = copy.prepare(`DELETE FROM output WHERE id IN (SELECT id FROM output LIMIT ${chunk})`);
    while (deleteSome.run().changes > 0) await nextTurn();
    return revisionStore(copy).current();
  } finally {
    copy.close();
  }
}
