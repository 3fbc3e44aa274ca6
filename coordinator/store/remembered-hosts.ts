import type { DatabaseSync } from 'node:sqlite';
import type { PlannedHost } from '../../shared/plan/schema.ts';
import { memo } from './memo.ts';

/** The last plan entry of each host, so that a host dropped from the plan still gets its assignment. */
export function rememberedHostStore(db: DatabaseSync) {
  const upsert = db.prepare(
    `INSERT INTO remembered_hosts VALUES (?, ?)
     ON CONFLICT DO UPDATE SET json = excluded.json WHERE json IS NOT excluded.json`,
  );
  const all = db.prepare('SELECT r.json FROM remembered_hosts r JOIN hosts h ON h.name = r.name ORDER BY r.name');

  const enrolled = memo(db, {
    name: 'remembered_hosts',
    forgottenAt: [
      ...['INSERT ON hosts', 'DELETE ON hosts'],
      ...['INSERT ON remembered_hosts', 'UPDATE ON remembered_hosts'],
    ],
    look: (_: 'now'): readonly PlannedHost[] => all.all().map((row): PlannedHost => JSON.parse(String(row.json))),
  });

  return {
    remember: (host: PlannedHost) => void upsert.run(host.name, JSON.stringify(host)),
    /** Entries of enrolled hosts. */
    enrolled: () => enrolled('now'),
  };
}
