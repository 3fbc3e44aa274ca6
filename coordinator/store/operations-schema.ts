/**
 * Decisions of operators about single hosts. `intents`: in effect until revoked; `operations`: multi-part operations,
 * one row each as JSON; `remembered_hosts`: plan entries of hosts that the plan may have dropped; `machines`: boots
 * seen with a host's credential, deleted with it.
 */
export const operationTables = `
  CREATE TABLE intents (
    host TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE operations (
    id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX open_operations ON operations (host) WHERE ended_at IS NULL;

  CREATE TABLE remembered_hosts (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE machines (
    host TEXT NOT NULL REFERENCES hosts ON DELETE CASCADE,
    boot_id TEXT NOT NULL,
    machine_id TEXT,
    address TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (host, boot_id)
  ) STRICT;
  CREATE INDEX doubtful_machines ON machines (host) WHERE state = 'doubtful';`;
