import type { DatabaseSync } from 'node:sqlite';
import type { AuditEntry } from '../../shared/protocol/audit.ts';

/**
 * Who writes: none of these groups pushes out entries of another. `strangers`: their refused requests; `hosts`: those of
 * hosts and viewers; `operators`: all others, such as enrolments and sign-ins.
 */
export type AuditGroup = 'operators' | 'hosts' | 'strangers';

export function groupOf({ actor, status }: Pick<AuditEntry, 'actor' | 'status'>): AuditGroup {
  if (actor === 'anyone' && status >= 400) return 'strangers';
  return actor === 'viewer' || actor.startsWith('host ') ? 'hosts' : 'operators';
}

/** The same as a value of an SQL expression. */
const group = `CASE WHEN actor = 'anyone' AND status >= 400 THEN 'strangers'
  WHEN actor = 'viewer' OR actor GLOB 'host *' THEN 'hosts' ELSE 'operators' END`;

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
    `DELETE FROM audit WHERE ${group} = ?1 AND seq <=
       (SELECT seq FROM audit WHERE ${group} = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)`,
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
    /** Keeps this many of the newest entries of each group. */
    prune(kept: Readonly<Record<AuditGroup, number>>): void {
      for (const [name, count] of Object.entries(kept)) prune.run(name, count);
    },
  };
}
