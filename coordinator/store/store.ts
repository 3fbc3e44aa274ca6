import { DatabaseSync } from 'node:sqlite';
import { auditStore } from './audit.ts';
import { clusterStore } from './cluster.ts';
import { copyDatabase } from './copy.ts';
import { eventStore } from './events.ts';
import { hostStore } from './hosts.ts';
import { intentStore } from './intents.ts';
import { joinCredentialStore } from './join-credentials.ts';
import { machineStore } from './machines.ts';
import { markStore } from './marks.ts';
import type { News } from './news.ts';
import { observationStore } from './observations.ts';
import { operationStore } from './operations.ts';
import { outputStore } from './output.ts';
import { rememberedHostStore } from './remembered-hosts.ts';
import { replicatedStore } from './replicated.ts';
import { revisionStore } from './revision.ts';
import { migrate } from './schema.ts';
import { sessionStore } from './sessions.ts';
import { settingStore } from './settings.ts';
import { tokenStore } from './tokens.ts';
import { createTrouble, openError } from './trouble.ts';

export interface StoreOptions {
  /** Notified of each commit. */
  news?: News;
}

export type Store = ReturnType<typeof openStore>;

/**
 * The coordinator's state in one SQLite file (`:memory:` for none). Committed data survives kill -9 and power loss: WAL
 * with synchronous=FULL syncs at every commit. All calls are synchronous.
 */
export function openStore(path: string, { news }: StoreOptions = {}) {
  const db = openDatabase(path);
  const trouble = createTrouble(path);

  const settings = settingStore(db);
  const observations = observationStore(db);
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');

  /** Runs `work` atomically. `work` must be synchronous; transactions do not nest. */
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
      observations.forget();
      throw error;
    }
  }

  return {
    hosts: hostStore(db),
    observations,
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
    sessions: sessionStore(db),
    rememberedHosts: rememberedHostStore(db),
    transaction,
    /** Tries a write, of the time. Returns true; throws the database's error. */
    tryWrite(): true {
      transaction(() => settings.set('written-at', new Date().toISOString()));
      return true;
    },
    revision: revisionStore(db),
    marks: markStore(db),
    /** What several coordinators share. */
    replicated: replicatedStore(db),
    /** Writes a snapshot without the steps' output to a new file; resolves to its revision. */
    copyTo: (file: string): Promise<number> => copyDatabase(db, file),
    /** Problems of the database file or its disk. */
    notices: trouble.notices,
    close: () => db.close(),
  };
}

/** Throws MusterError `database-corrupt` or `database-unusable`. */
function openDatabase(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
    // Reports rewrite the same pages often: a longer WAL checkpoints each page less often.
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
