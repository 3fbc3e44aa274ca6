import type { DatabaseSync } from 'node:sqlite';
import { memo } from './memo.ts';

/** All changes of rows of `meta`; another coordinator's state may lack a row, which is deleted then. */
export const settingChanges = (...keys: readonly string[]): string[] => {
  const named = keys.map((key) => `'${key}'`).join(', ');
  return ['INSERT', 'UPDATE', 'DELETE'].map(
    (change) => `${change} ON meta WHEN ${change === 'DELETE' ? 'old' : 'new'}.key IN (${named})`,
  );
};
const observed = (kind: string) => [
  `INSERT ON observations WHEN new.kind = '${kind}'`,
  `UPDATE ON observations WHEN new.kind = '${kind}'`,
  `DELETE ON observations WHEN old.kind = '${kind}'`,
];

/**
 * Numbers that rise when certain rows change, for values that are computed from many rows and kept: an equal mark means
 * that nothing changed. Within a transaction every mark is new.
 */
export function markStore(db: DatabaseSync) {
  function mark(name: string, risesAt: readonly string[]): () => number {
    let count = 0;
    const current = memo(db, {
      name: `mark_${name}`,
      forgottenAt: risesAt,
      look(_: 'now') {
        count += 1;
        return count;
      },
    });
    return () => current('now');
  }

  return {
    /** The cluster that hosts join, who holds it, and what control planes report about it. */
    cluster: mark('cluster', [
      ...settingChanges('cluster', 'cluster-settings', 'members', 'recovery', 'restored'),
      ...observed('cluster'),
    ]),
    /** Roles of nodes that the plan has changed. */
    roles: mark('roles', settingChanges('roles')),
    /** Versions of agents, and the state of their updates. */
    updates: mark('updates', [
      ...['INSERT ON hosts', 'DELETE ON hosts'],
      'UPDATE OF agent_version ON hosts WHEN new.agent_version IS NOT old.agent_version',
      ...observed('update'),
    ]),
  };
}
