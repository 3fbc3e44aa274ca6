import type { DatabaseSync } from 'node:sqlite';
import type { Role } from '../../shared/plan/schema.ts';
import type { ClusterIdentity } from '../../shared/protocol/assignment.ts';
import { settingChanges } from './marks.ts';
import { memo } from './memo.ts';

/** Roles in force, by host. `isHeld`: an operator has cancelled the change to the planned role. */
export type Roles = Readonly<Record<string, { role: Role; isHeld: boolean }>>;

const upsertOf = (db: DatabaseSync, key: string) =>
  db.prepare(`INSERT INTO meta VALUES ('${key}', ?) ON CONFLICT DO UPDATE SET value = excluded.value`);

/** A value that every request needs. */
function remembered<T>(db: DatabaseSync, key: string, absent: T): (at: 'now') => T {
  const select = db.prepare(`SELECT value FROM meta WHERE key = '${key}'`);
  return memo(db, {
    name: `cluster_${key}`,
    forgottenAt: settingChanges(key),
    look(): T {
      const row = select.get();
      return row === undefined ? absent : JSON.parse(String(row.value));
    },
  });
}

/** The cluster that hosts join; remembered while its control planes are unreachable. */
export function clusterStore(db: DatabaseSync) {
  const select = db.prepare(`SELECT value FROM meta WHERE key = 'cluster'`);
  const upsert = upsertOf(db, 'cluster');
  const selectRecovery = db.prepare(`SELECT value FROM meta WHERE key = 'recovery'`);
  const upsertRecovery = upsertOf(db, 'recovery');

  const upsertMembers = upsertOf(db, 'members');
  const upsertRoles = upsertOf(db, 'roles');
  const members = remembered<readonly string[]>(db, 'members', []);
  const roles = remembered<Roles>(db, 'roles', {});

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
    members: () => members('now'),
    setMembers: (names: readonly string[]) => void upsertMembers.run(JSON.stringify(names)),
    /** Roles that nodes have, by host, where the plan now says otherwise. */
    roles: () => roles('now'),
    setRoles: (current: Roles) => void upsertRoles.run(JSON.stringify(current)),
    set: (identity: ClusterIdentity) => void upsert.run(JSON.stringify(identity)),
  };
}
