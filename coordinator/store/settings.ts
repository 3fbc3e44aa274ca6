import type { DatabaseSync } from 'node:sqlite';

/** The coordinator's own settings by name. Secrets are stored as hashes only. */
export function settingStore(db: DatabaseSync) {
  const select = db.prepare('SELECT value FROM meta WHERE key = ?');
  const upsert = db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');

  return {
    get: (name: string): string | null => (select.get(name)?.value as string | undefined) ?? null,
    set: (name: string, value: string) => void upsert.run(name, value),
  };
}
