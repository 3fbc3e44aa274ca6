import type { DatabaseSync } from 'node:sqlite';
import { MusterError } from '../../shared/errors/errors.ts';
import { operationTables } from './operations-schema.ts';
import { revisionTriggers } from './revision.ts';

/**
 * Each entry migrates the schema by one version; after a release, entries are only appended. Times are milliseconds
 * since the epoch. No column holds a secret, only hashes of credentials and enrolment tokens and the public ids of join
 * credentials.
 */
const migrations: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
   INSERT INTO meta VALUES ('revision', '0');

   CREATE TABLE hosts (
     name TEXT PRIMARY KEY,
     credential_sha256 TEXT NOT NULL UNIQUE,
     enrolled_at INTEGER NOT NULL,
     agent_version TEXT NOT NULL,
     boot_id TEXT NOT NULL,
     machine_id TEXT,
     last_contact_at INTEGER NOT NULL,
     last_report_at INTEGER,
     clock_skew_ms INTEGER,
     ready_at INTEGER,
     next_credential_sha256 TEXT,
     credential_since INTEGER NOT NULL,
     rotation_wanted INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE UNIQUE INDEX next_credential ON hosts (next_credential_sha256);

   CREATE TABLE observations (
     id INTEGER PRIMARY KEY,
     host TEXT NOT NULL REFERENCES hosts ON DELETE CASCADE,
     kind TEXT NOT NULL,
     json TEXT NOT NULL,
     changed_at INTEGER NOT NULL,
     UNIQUE (host, kind)
   ) STRICT;

   CREATE TABLE tokens (
     sha256 TEXT PRIMARY KEY,
     host TEXT,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE token_uses (
     token_sha256 TEXT NOT NULL REFERENCES tokens ON DELETE CASCADE,
     host TEXT NOT NULL,
     credential_sha256 TEXT NOT NULL,
     used_at INTEGER NOT NULL,
     PRIMARY KEY (token_sha256, host)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE join_credentials (
     token_id TEXT PRIMARY KEY,
     host TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     approved_at INTEGER,
     deleted_at INTEGER
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE output (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     host TEXT NOT NULL,
     line_count INTEGER NOT NULL,
     json TEXT NOT NULL
   ) STRICT;
   -- Trimming a host's output counts its lines: with their numbers in the index it reads nothing else.
   CREATE INDEX output_of_host ON output (host, id, line_count);

   CREATE TABLE events (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     host TEXT,
     kind TEXT NOT NULL,
     message TEXT NOT NULL,
     message_zh TEXT
   ) STRICT;

   CREATE TABLE audit (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     actor TEXT NOT NULL,
     remote TEXT NOT NULL,
     action TEXT NOT NULL,
     subject TEXT NOT NULL,
     status INTEGER NOT NULL,
     outcome TEXT NOT NULL
   ) STRICT;

   ${operationTables}
   ${revisionTriggers}`,
  'ALTER TABLE audit ADD COLUMN count INTEGER NOT NULL DEFAULT 1;',
  `CREATE INDEX observations_of_kind ON observations (kind);
   CREATE INDEX uses_of_credential ON token_uses (token_sha256, credential_sha256);`,
  `CREATE TABLE sessions (
     id TEXT PRIMARY KEY,
     role TEXT NOT NULL,
     via TEXT NOT NULL,
     address TEXT NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
];

/** Migrates the database to the current schema. Throws MusterError `database-too-new` if a later version wrote it. */
export function migrate(db: DatabaseSync): void {
  const found = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  if (found > migrations.length) {
    throw new MusterError('database-too-new', { found, known: migrations.length });
  }
  migrations.slice(found).forEach((sql, index) => {
    db.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${found + index + 1}; COMMIT;`);
  });
}
