import type { DatabaseSync } from 'node:sqlite';
import { memo } from './memo.ts';

/**
 * `paused`: the agent must not change the host; `leaving`: the host must leave and has not confirmed it; `retired`: it
 * has left. Hosts without an intent work normally.
 */
export interface Intent {
  host: string;
  kind: 'paused' | 'leaving' | 'retired';
  reason: string;
  by: string;
  at: number;
}

/** What operators want for single hosts, until revoked. */
export function intentStore(db: DatabaseSync) {
  const columns = 'host, kind, reason, set_by AS by, set_at AS at';
  const select = db.prepare(`SELECT ${columns} FROM intents WHERE host = ?`);
  const all = db.prepare(`SELECT ${columns} FROM intents ORDER BY host`);
  const upsert = db.prepare(
    'INSERT OR REPLACE INTO intents (host, kind, reason, set_by, set_at) VALUES (?, ?, ?, ?, ?)',
  );
  const of = memo(db, {
    name: 'intents',
    forgottenAt: ['INSERT ON intents', 'UPDATE ON intents', 'DELETE ON intents'],
    look: (host: string) => (select.get(host) as unknown as Intent | undefined) ?? null,
  });
  const remove = db.prepare('DELETE FROM intents WHERE host = ?');

  return {
    get: (host: string) => of(host) ?? undefined,
    all: () => all.all() as unknown as Intent[],
    set: ({ host, kind, reason, by, at }: Intent) => void upsert.run(host, kind, reason, by, at),
    clear: (host: string) => void remove.run(host),
  };
}
