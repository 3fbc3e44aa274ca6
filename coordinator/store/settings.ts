import type { DatabaseSync } from 'node:sqlite';

/** Single values of the coordinator's own, by name; never a secret itself, but the hash of one. */
export function settingStore(db: DatabaseSync) {
  const select = db.prepare('SELECT value FROM meta WHERE key = ?');
  const upsert = db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');

  return {
    get: (name: string): string | null => (select.get(name)?.value as string | undefined) ?? null,
    set: (name: string, value: string) => void upsert.run(name, value),
  };
}
