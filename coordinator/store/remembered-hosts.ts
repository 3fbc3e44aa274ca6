import type { DatabaseSync } from 'node:sqlite';
import type { PlannedHost } from '../../shared/plan/schema.ts';

/** How the plan described each host when it last did: a host that is dropped from it can still be told what it was. */
export function rememberedHostStore(db: DatabaseSync) {
  const upsert = db.prepare(
    `INSERT INTO remembered_hosts VALUES (?, ?)
     ON CONFLICT DO UPDATE SET json = excluded.json WHERE json IS NOT excluded.json`,
  );
  const all = db.prepare('SELECT r.json FROM remembered_hosts r JOIN hosts h ON h.name = r.name ORDER BY r.name');

  return {
    remember: (host: PlannedHost) => void upsert.run(host.name, JSON.stringify(host)),
    /** Those that are enrolled. */
    enrolled: () => all.all().map((row): PlannedHost => JSON.parse(String(row.json))),
  };
}
