import type { DatabaseSync } from 'node:sqlite';

/** A signed-in browser. */
export interface SessionRow {
  role: string;
  via: string;
  /** The address that signed in. */
  address: string;
  expiresAt: number;
}

/** Sessions of the status page, by the SHA-256 of their secret; they survive a restart and a takeover. */
export function sessionStore(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO sessions (id, role, via, address, expires_at) VALUES (?, ?, ?, ?, ?)');
  const select = db.prepare('SELECT role, via, address, expires_at AS expiresAt FROM sessions WHERE id = ?');
  const remove = db.prepare('DELETE FROM sessions WHERE id = ?');
  const removeAll = db.prepare('DELETE FROM sessions WHERE role = ? AND via = ?');
  const expire = db.prepare('DELETE FROM sessions WHERE expires_at <= ?');
  const crowd = db.prepare(
    'DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE role = ? ORDER BY expires_at DESC LIMIT -1 OFFSET ?)',
  );

  return {
    get: (id: string) => select.get(id) as SessionRow | undefined,
    /** Removes expired ones, and the oldest of its role beyond `most` with the new one. */
    add(id: string, { role, via, address, expiresAt }: SessionRow, now: number, most: number): void {
      expire.run(now);
      crowd.run(role, most - 1);
      insert.run(id, role, via, address, expiresAt);
    },
    remove: (id: string) => void remove.run(id),
    removeAll: (role: string, via: string) => void removeAll.run(role, via),
  };
}
