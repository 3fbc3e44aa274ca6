import type { DatabaseSync } from 'node:sqlite';
import { type Operation, operationSchema } from '../../shared/protocol/operation.ts';

/** Operations on hosts. At most one per host is open. */
export function operationStore(db: DatabaseSync) {
  const upsert = db.prepare(
    `INSERT INTO operations (id, host, started_at, ended_at, json) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at, json = excluded.json`,
  );
  const open = db.prepare('SELECT json FROM operations WHERE ended_at IS NULL ORDER BY started_at, id');
  const openOf = db.prepare('SELECT json FROM operations WHERE ended_at IS NULL AND host = ?');
  const newest = db.prepare('SELECT json FROM operations ORDER BY started_at DESC, id LIMIT ?');
  const one = db.prepare('SELECT json FROM operations WHERE id = ?');
  const prune = db.prepare('DELETE FROM operations WHERE ended_at < ?');
  const parse = (row: Record<string, unknown>): Operation => operationSchema.parse(JSON.parse(String(row.json)));

  return {
    put(operation: Operation): void {
      const { id, host, startedAt, endedAt } = operation;
      const ended = endedAt === null ? null : Date.parse(endedAt);
      upsert.run(id, host, Date.parse(startedAt), ended, JSON.stringify(operation));
    },
    get(id: string): Operation | undefined {
      const row = one.get(id);
      return row && parse(row);
    },
    /** Open operations, oldest first. */
    open: () => open.all().map(parse),
    openOf(host: string): Operation | undefined {
      const row = openOf.get(host);
      return row && parse(row);
    },
    newest: (count: number) => newest.all(count).map(parse),
    /** Deletes operations that ended before this time, in milliseconds since the epoch. */
    prune: (before: number) => void prune.run(before),
  };
}
