import type { DatabaseSync } from 'node:sqlite';
import type { Event } from '../../shared/protocol/status.ts';

/** What happened in the cluster's life, for people: who came, who joined, what changed. Never a secret. */
export function eventStore(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO events (at, host, kind, message) VALUES (?, ?, ?, ?)');
  const newest = db.prepare(
    `SELECT * FROM (SELECT seq, at, host, kind, message FROM events ORDER BY seq DESC LIMIT ?) ORDER BY seq`,
  );
  const newestOf = db.prepare(
    `SELECT * FROM (SELECT seq, at, host, kind, message FROM events WHERE host = ? ORDER BY seq DESC LIMIT ?) ORDER BY seq`,
  );
  const prune = db.prepare(
    'DELETE FROM events WHERE seq <= (SELECT seq FROM events ORDER BY seq DESC LIMIT 1 OFFSET ?)',
  );

  return {
    add: (at: number, kind: string, host: string | null, message: string) => void insert.run(at, host, kind, message),
    /** The newest `count`, oldest first. */
    newest: (count: number): Event[] => newest.all(count).map(eventOf),
    /** The newest `count` of one host, oldest first. */
    newestOf: (host: string, count: number): Event[] => newestOf.all(host, count).map(eventOf),
    /** Keeps the newest `count`. */
    prune: (count: number) => void prune.run(count),
  };
}

function eventOf(row: Record<string, unknown>): Event {
  return { ...(row as unknown as Event), at: new Date(Number(row.at)).toISOString() };
}
