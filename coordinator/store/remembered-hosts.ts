import type { DatabaseSync } from 'node:sqlite';
import type { PlannedHost } from '../../shared/plan/schema.ts';

interface Departed {
  isPlanned: (name: string) => boolean;
  byName: Map<string, PlannedHost>;
  inOrder: readonly PlannedHost[];
}

/** The last plan entry of each host, so that a host dropped from the plan still gets its assignment. */
export function rememberedHostStore(db: DatabaseSync) {
  const upsert = db.prepare(
    `INSERT INTO remembered_hosts VALUES (?, ?)
     ON CONFLICT DO UPDATE SET json = excluded.json WHERE json IS NOT excluded.json`,
  );
  const enrolled = 'FROM remembered_hosts r JOIN hosts h ON h.name = r.name';
  const all = db.prepare(`SELECT r.name, r.json ${enrolled}`);
  const one = db.prepare(`SELECT r.json ${enrolled} WHERE r.name = ?`);

  /** Hosts whose rows have changed; kept within a transaction, which may be undone. */
  const changed = new Set<string>();
  let last: Departed | null = null;

  db.function('note_host', (name) => {
    changed.add(String(name));
    return null;
  });
  const noted = ['INSERT ON hosts', 'DELETE ON hosts', 'INSERT ON remembered_hosts', 'UPDATE ON remembered_hosts'];
  noted.forEach((change, index) => {
    const row = change.startsWith('DELETE') ? 'old' : 'new';
    db.exec(`CREATE TEMP TRIGGER note_host_${index} AFTER ${change} BEGIN SELECT note_host(${row}.name); END`);
  });

  function read(isPlanned: Departed['isPlanned']): Departed {
    const others = all.all().filter(({ name }) => !isPlanned(String(name)));
    const byName = new Map(others.map(({ name, json }) => [String(name), JSON.parse(String(json)) as PlannedHost]));
    return { isPlanned, byName, inOrder: sorted(byName) };
  }

  function update({ isPlanned, byName }: Departed): Departed {
    const others = [...changed].filter((name) => !isPlanned(name));
    for (const name of others) {
      const row = one.get(name);
      if (row === undefined) byName.delete(name);
      else byName.set(name, JSON.parse(String(row.json)) as PlannedHost);
    }
    return others.length === 0 && last !== null ? last : { isPlanned, byName, inOrder: sorted(byName) };
  }

  return {
    remember: (host: PlannedHost) => void upsert.run(host.name, JSON.stringify(host)),
    /** Entries of all enrolled hosts. */
    enrolled: (): PlannedHost[] => all.all().map(({ json }) => JSON.parse(String(json)) as PlannedHost),
    /**
     * Entries of enrolled hosts that are not planned, by name; the same array while nothing changes. Reads only hosts that
     * have changed, as long as `isPlanned` is the same.
     */
    departed(isPlanned: Departed['isPlanned']): readonly PlannedHost[] {
      last = last?.isPlanned === isPlanned ? update(last) : read(isPlanned);
      if (!db.isTransaction) changed.clear();
      return last.inOrder;
    },
  };
}

const sorted = (byName: Departed['byName']) => [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
