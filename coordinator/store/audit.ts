import type { DatabaseSync } from 'node:sqlite';
import type { AuditEntry } from '../../shared/protocol/audit.ts';

/** The audit log: append-only, except that maintenance deletes the oldest entries. */
export function auditStore(db: DatabaseSync) {
  const insert = db.prepare(
    'INSERT INTO audit (at, actor, remote, action, subject, status, outcome, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const newest = db.prepare(
    `SELECT * FROM (
       SELECT seq, at, actor, remote, action, subject, status, outcome, count FROM audit WHERE at >= ? ORDER BY seq DESC LIMIT ?
     ) ORDER BY seq`,
  );
  const prune = db.prepare(
    `DELETE FROM audit WHERE (actor = 'anyone') = ?1 AND seq <=
       (SELECT seq FROM audit WHERE (actor = 'anyone') = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)`,
  );

  return {
    /** `count`: the requests that the entry stands for. */
    add: (
      at: number,
      { actor, remote, action, subject, status, outcome }: Omit<AuditEntry, 'seq' | 'at' | 'count'>,
      count = 1,
    ) => void insert.run(at, actor, remote, action, subject, status, outcome, count),
    /** The newest `count` entries not older than `since` (milliseconds since the epoch), oldest first. */
    newest: (since: number, count: number): AuditEntry[] =>
      newest
        .all(since, count)
        .map((row) => ({ ...(row as unknown as AuditEntry), at: new Date(Number(row.at)).toISOString() })),
    /** Keeps the newest entries: `known` of identified callers and `strangers` of others. */
    prune({ known, strangers }: { known: number; strangers: number }): void {
      prune.run(0, known);
      prune.run(1, strangers);
    },
  };
}
