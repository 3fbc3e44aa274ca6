import type { DatabaseSync } from 'node:sqlite';
import { memo } from './memo.ts';

/** Changes after which a copy of the database that was made before must not be trusted without a person's word. */
const trustedRows = [
  ['tokens', 'INSERT'],
  ['tokens', 'DELETE'],
  ['token_uses', 'INSERT'],
  ['hosts', 'INSERT'],
  ['hosts', 'DELETE'],
  ['hosts', 'UPDATE OF credential_sha256, next_credential_sha256'],
  ['intents', 'INSERT'],
  ['intents', 'UPDATE'],
  ['intents', 'DELETE'],
  ['operations', 'INSERT'],
] as const;

const raise = `UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'`;

/** SQL that makes a change raise the revision. A later table whose rows grant or revoke something is added by a migration with this. */
function raisesRevision([table, change]: readonly [table: string, change: string]): string {
  const name = `revision_${table}_${change.split(' ')[0]?.toLowerCase()}`;
  return `CREATE TRIGGER ${name} AFTER ${change} ON ${table} BEGIN ${raise}; END;`;
}

/** Schema: what raises the revision. */
export const revisionTriggers = `
  ${trustedRows.map(raisesRevision).join('\n')}
  CREATE TRIGGER revision_cluster_insert AFTER INSERT ON meta WHEN new.key = 'cluster' BEGIN ${raise}; END;
  CREATE TRIGGER revision_cluster_update AFTER UPDATE ON meta WHEN new.key = 'cluster' BEGIN ${raise}; END;`;

/** That this database is a copy, which has not been confirmed yet. */
export interface Restored {
  /** The revision of the copy. */
  own: number;
  /** The newest revision that an agent has seen; equal to `own` where none is known. */
  seen: number;
  /** Milliseconds since the epoch. */
  since: number;
}

/** So far that no agent can have seen a revision above it, not even one that was away when the copy was confirmed. */
const leap = 1_000_000;

/**
 * The revision: a number that rises with each change of tokens, host credentials and the cluster's identity, and never falls. A
 * database that an agent has seen a newer revision of is a copy from before.
 */
export function revisionStore(db: DatabaseSync) {
  const select = db.prepare(`SELECT CAST(value AS INTEGER) AS revision FROM meta WHERE key = 'revision'`);
  const update = db.prepare(`UPDATE meta SET value = ? WHERE key = 'revision'`);
  const selectRestored = db.prepare(`SELECT value FROM meta WHERE key = 'restored'`);
  const mark = db.prepare(`INSERT INTO meta VALUES ('restored', ?) ON CONFLICT DO UPDATE SET value = excluded.value`);
  const unmark = db.prepare(`DELETE FROM meta WHERE key = 'restored'`);
  const at = (change: string) => `${change} ON meta WHEN new.key IN ('revision', 'restored')`;
  const state = memo(db, {
    name: 'revision',
    forgottenAt: [at('INSERT'), at('UPDATE'), `DELETE ON meta WHEN old.key = 'restored'`],
    look(_: 'now'): { current: number; restored: Restored | null } {
      const row = selectRestored.get();
      return {
        current: Number(select.get()?.revision),
        restored: row === undefined ? null : JSON.parse(String(row.value)),
      };
    },
  });
  const current = () => state('now').current;

  return {
    current,
    restored: () => state('now').restored,
    markRestored: (restored: Restored) => void mark.run(JSON.stringify(restored)),
    /** Trusts the copy: its revision is above every one that was ever seen. */
    confirm({ seen }: Restored): void {
      update.run(String(Math.max(seen, current()) + leap));
      unmark.run();
    },
  };
}
