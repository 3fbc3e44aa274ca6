import type { DatabaseSync } from 'node:sqlite';
import type { AuditEntry } from '../../shared/protocol/audit.ts';

/** The audit log: append-only, except that maintenance deletes the oldest entries. */
export function auditStore(db: DatabaseSync) {
  const insert = db.prepare(
    'INSERT INTO audit (at, actor, remote, action, subject, status, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const newest = db.prepare(
    `SELECT * FROM (
       SELECT seq, at, actor, remote, action, subject, status, outcome FROM audit WHERE at >= ? ORDER BY seq DESC LIMIT ?
     ) ORDER BY seq`,
  );
  const prune = db.prepare('DELETE FROM audit WHERE seq <= (SELECT seq FROM audit ORDER BY seq DESC LIMIT 1 OFFSET ?)');

  return {
    add: (at: number, { actor, remote, action, subject, status, outcome }: Omit<AuditEntry, 'seq' | 'at'>) =>
      void insert.run(at, actor, remote, action, subject, status, outcome),
    /** The newest `count` entries not older than `since` (milliseconds since the epoch), oldest first. */
    newest: (since: number, count: number): AuditEntry[] =>
      newest
        .all(since, count)
        .map((row) => ({ ...(row as unknown as AuditEntry), at: new Date(Number(row.at)).toISOString() })),
    /** Keeps the newest `count` entries. */
    prune: (count: number) => void prune.run(count),
  };
}
