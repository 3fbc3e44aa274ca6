import type { DatabaseSync } from 'node:sqlite';
import type { ClusterIdentity } from '../../shared/protocol/assignment.ts';

/** The cluster that hosts join; remembered while its control plane is unreachable. */
export function clusterStore(db: DatabaseSync) {
  const select = db.prepare(`SELECT value FROM meta WHERE key = 'cluster'`);
  const upsert = db.prepare(`INSERT INTO meta VALUES ('cluster', ?) ON CONFLICT DO UPDATE SET value = excluded.value`);
  const selectRecovery = db.prepare(`SELECT value FROM meta WHERE key = 'recovery'`);
  const upsertRecovery = db.prepare(
    `INSERT INTO meta VALUES ('recovery', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
  );

  return {
    get(): ClusterIdentity | null {
      const row = select.get();
      return row === undefined ? null : JSON.parse(String(row.value));
    },
    /** The CA hash of the cluster that an operator gave up, empty if it was unknown; null: none. */
    recovery(): string | null {
      const row = selectRecovery.get();
      return row === undefined ? null : String(row.value);
    },
    allowRecovery: (caSha256: string) => void upsertRecovery.run(caSha256),
    set: (identity: ClusterIdentity) => void upsert.run(JSON.stringify(identity)),
  };
}
