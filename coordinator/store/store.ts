import { DatabaseSync } from 'node:sqlite';
import { auditStore } from './audit.ts';
import { clusterStore } from './cluster.ts';
import { eventStore } from './events.ts';
import { hostStore } from './hosts.ts';
import { intentStore } from './intents.ts';
import { joinCredentialStore } from './join-credentials.ts';
import { machineStore } from './machines.ts';
import { observationStore } from './observations.ts';
import { operationStore } from './operations.ts';
import { outputStore } from './output.ts';
import { rememberedHostStore } from './remembered-hosts.ts';
import { revisionStore } from './revision.ts';
import { migrate } from './schema.ts';
import { settingStore } from './settings.ts';
import { tokenStore } from './tokens.ts';

export interface StoreOptions {
  /** Told of each transaction: how many seconds it took, with its sync to the disk. */
  onCommit?: (seconds: number) => void;
}

export type Store = ReturnType<typeof openStore>;

/**
 * The coordinator's state in one SQLite file (`:memory:` for none). What a transaction has committed survives a kill -9 and a power
 * cut: WAL with synchronous=FULL syncs the log at every commit. All calls are synchronous.
 */
export function openStore(path: string, { onCommit }: StoreOptions = {}) {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
  // Reports rewrite the same pages again and again: a longer log brings each of them into the database less often.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000;');
  migrate(db);

  const settings = settingStore(db);
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');

  /** All of `work` or nothing. `work` must not be asynchronous, and transactions do not nest. */
  function transaction<T>(work: () => T): T {
    const began = performance.now();
    begin.run();
    try {
      const result = work();
      commit.run();
      onCommit?.((performance.now() - began) / 1000);
      return result;
    } catch (error) {
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
      settings.set('written-at', new Date().toISOString());
      return true;
    },
    revision: revisionStore(db),
    close: () => db.close(),
  };
}
