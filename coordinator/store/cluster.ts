import type { DatabaseSync } from 'node:sqlite';
import type { ClusterIdentity } from '../../shared/protocol/assignment.ts';

/** The cluster that hosts are to join: remembered while its control plane is away. */
export function clusterStore(db: DatabaseSync) {
  const select = db.prepare(`SELECT value FROM meta WHERE key = 'cluster'`);
  const upsert = db.prepare(`INSERT INTO meta VALUES ('cluster', ?) ON CONFLICT DO UPDATE SET value = excluded.value`);

  return {
    get(): ClusterIdentity | null {
      const row = select.get();
      return row === undefined ? null : JSON.parse(String(row.value));
    },
    set: (identity: ClusterIdentity) => void upsert.run(JSON.stringify(identity)),
  };
}
