import type { DatabaseSync } from 'node:sqlite';
import { memo } from './memo.ts';

/** Changes that make older copies of the database untrusted until an operator confirms them. */
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

/** Trigger that raises the revision. A migration that adds a table which grants or revokes something must use this. */
function raisesRevision([table, change]: readonly [table: string, change: string]): string {
  const name = `revision_${table}_${change.split(' ')[0]?.toLowerCase()}`;
  return `CREATE TRIGGER ${name} AFTER ${change} ON ${table} BEGIN ${raise}; END;`;
}

/** Schema: triggers that raise the revision. */
export const revisionTriggers = `
  ${trustedRows.map(raisesRevision).join('\n')}
  CREATE TRIGGER revision_cluster_insert AFTER INSERT ON meta WHEN new.key = 'cluster' BEGIN ${raise}; END;
  CREATE TRIGGER revision_cluster_update AFTER UPDATE ON meta WHEN new.key = 'cluster' BEGIN ${raise}; END;`;

/** Marks the database as an unconfirmed restored copy. */
export interface Restored {
  /** The revision of the copy. */
  own: number;
  /** The newest revision that an agent has seen; equal to `own` if unknown. */
  seen: number;
  /** Milliseconds since the epoch. */
  since: number;
}

/** Large enough that no agent can have seen a higher revision, even one that was offline during the confirmation. */
const leap = 1_000_000;

/**
 * The revision: rises with each change of tokens, host credentials, intents, operations and the cluster's identity, and
 * never falls. If an agent has seen a newer revision, the database is a restored copy.
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
    /** Takes over another coordinator's revision, with its state. */
    follow(other: number): void {
      update.run(String(other));
      unmark.run();
    },
    /** Trusts the copy: raises its revision above any that an agent may have seen. */
    confirm({ seen }: Pick<Restored, 'seen'>): void {
      update.run(String(Math.max(seen, current()) + leap));
      unmark.run();
    },
  };
}
