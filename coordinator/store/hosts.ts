import type { DatabaseSync } from 'node:sqlite';
import { memo } from './memo.ts';

export interface HostRow {
  name: string;
  enrolledAt: number;
  agentVersion: string;
  bootId: string;
  lastContactAt: number;
  lastReportAt: number | null;
  /** How far the host's clock is ahead, in milliseconds. */
  clockSkewMs: number | null;
  /** When its node was first Ready with every step done since it enrolled, in milliseconds since the epoch. */
  readyAt: number | null;
}

export interface NewHost {
  name: string;
  credentialSha256: string;
  agentVersion: string;
  bootId: string;
  machineId: string | null;
  now: number;
}

const columns = `name, enrolled_at AS enrolledAt, agent_version AS agentVersion, boot_id AS bootId,
  last_contact_at AS lastContactAt, last_report_at AS lastReportAt, clock_skew_ms AS clockSkewMs, ready_at AS readyAt`;

export function hostStore(db: DatabaseSync) {
  const all = db.prepare(`SELECT ${columns} FROM hosts ORDER BY name`);
  const byName = db.prepare(`SELECT ${columns} FROM hosts WHERE name = ?`);
  const byCredential = db.prepare('SELECT name FROM hosts WHERE credential_sha256 = ?');
  const byNext = db.prepare('SELECT name FROM hosts WHERE next_credential_sha256 = ?');
  const offer = db.prepare('UPDATE hosts SET next_credential_sha256 = ? WHERE name = ?');
  const promote = db.prepare(
    `UPDATE hosts SET credential_sha256 = next_credential_sha256, next_credential_sha256 = NULL, credential_since = ?,
     rotation_wanted = 0 WHERE name = ? AND next_credential_sha256 IS NOT NULL`,
  );
  const credentialState = db.prepare(
    'SELECT credential_since AS since, rotation_wanted AS wanted FROM hosts WHERE name = ?',
  );
  const wantRotation = db.prepare('UPDATE hosts SET rotation_wanted = 1 WHERE name = ?');
  const remove = db.prepare('DELETE FROM hosts WHERE name = ?');
  const insert = db.prepare(
    `INSERT INTO hosts (name, credential_sha256, enrolled_at, agent_version, boot_id, machine_id, last_contact_at, credential_since)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?3, ?3)`,
  );
  const touch = db.prepare('UPDATE hosts SET last_contact_at = max(last_contact_at, ?) WHERE name = ?');
  const reported = db.prepare(
    `UPDATE hosts SET last_contact_at = ?1, last_report_at = ?1, clock_skew_ms = ?2, agent_version = ?3, boot_id = ?4 WHERE name = ?5`,
  );
  const ready = db.prepare('UPDATE hosts SET ready_at = ? WHERE name = ? AND ready_at IS NULL');

  const nameOf = memo(db, {
    name: 'credentials',
    forgottenAt: ['INSERT ON hosts', 'UPDATE OF credential_sha256 ON hosts', 'DELETE ON hosts'],
    look: (credentialSha256: string) => byCredential.get(credentialSha256)?.name as string | undefined,
  });

  return {
    all: () => all.all() as unknown as HostRow[],
    get: (name: string) => byName.get(name) as unknown as HostRow | undefined,
    /** The name of the host with this credential. */
    named: nameOf,
    /** Replaces a host of the same name, its reports and its credential. */
    enrol({ name, credentialSha256, agentVersion, bootId, machineId, now }: NewHost): void {
      remove.run(name);
      insert.run(name, credentialSha256, now, agentVersion, bootId, machineId);
    },
    /** Deletes the host, its reports and its credential. */
    remove(name: string): void {
      remove.run(name);
    },
    /** The host to which this credential was offered; undefined once it is in use. */
    offered: (credentialSha256: string) => byNext.get(credentialSha256)?.name as string | undefined,
    /** Stores the next credential; both are valid until the next one is used. */
    offer: (name: string, credentialSha256: string) => void offer.run(credentialSha256, name),
    /** Makes the next credential the current one and invalidates the old. */
    promote(name: string, at: number): void {
      promote.run(at, name);
    },
    /**
     * `since`: start of the current credential, in milliseconds since the epoch; `wanted`: whether a rotation was
     * requested.
     */
    credential: (name: string) => credentialState.get(name) as { since: number; wanted: 0 | 1 } | undefined,
    wantRotation: (name: string) => void wantRotation.run(name),
    touch: (name: string, at: number) => void touch.run(at, name),
    reported: (name: string, report: { at: number; clockSkewMs: number; agentVersion: string; bootId: string }) =>
      void reported.run(report.at, report.clockSkewMs, report.agentVersion, report.bootId, name),
    /** Only the first time is stored. */
    ready: (name: string, at: number) => void ready.run(at, name),
  };
}
