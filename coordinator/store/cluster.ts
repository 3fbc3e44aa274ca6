import type { DatabaseSync } from 'node:sqlite';
import type { ClusterIdentity } from '../../shared/protocol/assignment.ts';

/** The cluster that hosts join; remembered while its control planes are unreachable. */
export function clusterStore(db: DatabaseSync) {
  const select = db.prepare(`SELECT value FROM meta WHERE key = 'cluster'`);
  const upsert = db.prepare(`INSERT INTO meta VALUES ('cluster', ?) ON CONFLICT DO UPDATE SET value = excluded.value`);
  const selectRecovery = db.prepare(`SELECT value FROM meta WHERE key = 'recovery'`);
  const upsertRecovery = db.prepare(
    `INSERT INTO meta VALUES ('recovery', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
  );

  const selectMembers = db.prepare(`SELECT value FROM meta WHERE key = 'members'`);
  const upsertMembers = db.prepare(
    `INSERT INTO meta VALUES ('members', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
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
    /** Names of the control planes that hold the cluster, in the order in which they came to; empty: none known. */
    members(): readonly string[] {
      const row = selectMembers.get();
      return row === undefined ? [] : JSON.parse(String(row.value));
    },
    setMembers: (names: readonly string[]) => void upsertMembers.run(JSON.stringify(names)),
    set: (identity: ClusterIdentity) => void upsert.run(JSON.stringify(identity)),
  };
}
