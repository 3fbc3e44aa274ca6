import { DatabaseSync } from 'node:sqlite';
import { auditStore } from './audit.ts';
import { clusterStore } from './cluster.ts';
import { eventStore } from './events.ts';
import { hostStore } from './hosts.ts';
import { intentStore } from './intents.ts';
import { joinCredentialStore } from './join-credentials.ts';
import { machineStore } from './machines.ts';
import type { News } from './news.ts';
import { observationStore } from './observations.ts';
import { operationStore } from './operations.ts';
import { outputStore } from './output.ts';
import { rememberedHostStore } from './remembered-hosts.ts';
import { revisionStore } from './revision.ts';
import { migrate } from './schema.ts';
import { settingStore } from './settings.ts';
import { tokenStore } from './tokens.ts';
import { createTrouble, openError } from './trouble.ts';

export interface StoreOptions {
  /** Is told of each transaction. */
  news?: News;
}

export type Store = ReturnType<typeof openStore>;

/**
 * The coordinator's state in one SQLite file (`:memory:` for none). What a transaction has committed survives a kill -9 and a power
 * cut: WAL with synchronous=FULL syncs the log at every commit. All calls are synchronous.
 */
export function openStore(path: string, { news }: StoreOptions = {}) {
  const db = openDatabase(path);
  const trouble = createTrouble(path);

  const settings = settingStore(db);
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const written = db.prepare('SELECT total_changes() AS count');

  /** All of `work` or nothing. `work` must not be asynchronous, and transactions do not nest. */
  function transaction<T>(work: () => T): T {
    const began = performance.now();
    try {
      begin.run();
      const result = work();
      commit.run();
      news?.emit('commit', (performance.now() - began) / 1000);
      trouble.note(null);
      return result;
    } catch (error) {
      trouble.note(error);
      if (db.isTransaction) rollback.run();
      throw error;
    }
  }

  return {
    hosts: hostStore(db),
    observations: observationStore(db),
    tokens: tokenStore(db),
    joinCredentials: joinCredentialStore(db),
    output: outputStore(db),
    events: eventStore(db),
    audit: auditStore(db),
    settings,
    cluster: clusterStore(db),
    intents: intentStore(db),
    operations: operationStore(db),
    machines: machineStore(db),
    rememberedHosts: rememberedHostStore(db),
    transaction,
    /** Whether it takes writes now. Throws what the database says where it does not. */
    isWritable(): boolean {
      transaction(() => settings.set('written-at', new Date().toISOString()));
      return true;
    },
    revision: revisionStore(db),
    /** Writes a copy, as of now and without what steps printed, to a file that is not there yet; returns its revision. */
    copyTo(file: string): number {
      db.prepare('VACUUM INTO ?').run(file);
      const copy = new DatabaseSync(file);
      try {
        copy.exec('DELETE FROM output; VACUUM;');
        return revisionStore(copy).current();
      } finally {
        copy.close();
      }
    },
    /** Rises with every row that is written: two equal answers mean that nothing has changed in between. */
    changes: (): number => Number(written.get()?.count),
    /** What is wrong with the disk or the file below it. */
    notices: trouble.notices,
    close: () => db.close(),
  };
}

/** Throws MusterError `database-corrupt` or `database-unusable`. */
function openDatabase(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
    // Reports rewrite the same pages again and again: a longer log brings each of them into the database less often.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000;');
    const [verdict] = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {});
    if (verdict !== 'ok') throw Object.assign(new Error(String(verdict)), { errcode: 11 });
    migrate(db);
    return db;
  } catch (error) {
    db?.close();
    throw openError(error, path);
  }
}
