import type { DatabaseSync } from 'node:sqlite';

/**
 * One boot seen with a host's credential. `known`: it is, or was, the host; `doubtful`: one of two running machines;
 * `out`: the operator picked another.
 */
export interface MachineRow {
  bootId: string;
  machineId: string | null;
  address: string;
  firstSeenAt: number;
  lastSeenAt: number;
  state: 'known' | 'doubtful' | 'out';
}

/** Number of boots kept per host. */
const kept = 20;

export function machineStore(db: DatabaseSync) {
  const select = db.prepare(
    `SELECT boot_id AS bootId, machine_id AS machineId, address, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt, state
     FROM machines WHERE host = ? ORDER BY last_seen_at, first_seen_at`,
  );
  const doubtful = db.prepare(`SELECT DISTINCT host FROM machines WHERE state = 'doubtful'`);
  const upsert = db.prepare(
    `INSERT INTO machines (host, boot_id, machine_id, address, first_seen_at, last_seen_at, state) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET address = excluded.address, last_seen_at = excluded.last_seen_at, state = excluded.state`,
  );
  const trim = db.prepare(
    `DELETE FROM machines WHERE host = ?1 AND state = 'known' AND boot_id NOT IN
       (SELECT boot_id FROM machines WHERE host = ?1 ORDER BY last_seen_at DESC LIMIT ${kept})`,
  );

  return {
    /** A host's boots, oldest contact first. */
    of: (host: string) => select.all(host) as unknown as MachineRow[],
    /** Hosts whose credential two machines share. */
    doubtfulHosts: () => new Set(doubtful.all().map(({ host }) => String(host))),
    put(host: string, { bootId, machineId, address, firstSeenAt, lastSeenAt, state }: MachineRow): void {
      upsert.run(host, bootId, machineId, address, firstSeenAt, lastSeenAt, state);
      trim.run(host);
    },
  };
}
