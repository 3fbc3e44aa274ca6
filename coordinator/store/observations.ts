import type { DatabaseSync } from 'node:sqlite';
import type { Diagnosis } from '../../shared/protocol/diagnosis.ts';
import type { ClusterFacts, Facts, NodeFacts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { Update } from '../../shared/protocol/release.ts';
import type { StepResult } from '../../shared/protocol/report.ts';

/** The newest of each kind that a host reported. */
export interface Observations {
  facts: Facts;
  findings: Finding[];
  steps: StepResult[];
  node: NodeFacts | null;
  cluster: ClusterFacts | null;
  diagnosis: Diagnosis | null;
  update: Update | null;
}
export type ObservationKind = keyof Observations;

export interface Observed<T> {
  value: T;
  /** Milliseconds since the epoch of the report that brought this value, not of those that repeated it. */
  changedAt: number;
}

type ByKind = { [K in ObservationKind]?: Observed<Observations[K]> };

/** Kept as JSON, one row a kind, so that a report rewrites what has changed and nothing else. Validated on arrival. */
export function observationStore(db: DatabaseSync) {
  const upsert = db.prepare(
    `INSERT INTO observations (host, kind, json, changed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET json = excluded.json, changed_at = excluded.changed_at WHERE json IS NOT excluded.json`,
  );
  const select = db.prepare('SELECT json, changed_at AS changedAt FROM observations WHERE host = ? AND kind = ?');
  const selectAll = db.prepare('SELECT host, kind, json, changed_at AS changedAt FROM observations');
  const selectKind = db.prepare('SELECT host, json, changed_at AS changedAt FROM observations WHERE kind = ?');

  return {
    /** true when it differs from what was there. */
    put<K extends ObservationKind>(host: string, kind: K, value: Observations[K], at: number): boolean {
      return upsert.run(host, kind, JSON.stringify(value), at).changes > 0;
    },
    get<K extends ObservationKind>(host: string, kind: K): Observed<Observations[K]> | undefined {
      const row = select.get(host, kind) as { json: string; changedAt: number } | undefined;
      return row && { value: JSON.parse(row.json), changedAt: row.changedAt };
    },
    /** One kind, by host. */
    ofKind<K extends ObservationKind>(kind: K): Map<string, Observed<Observations[K]>> {
      const rows = selectKind.all(kind) as unknown as { host: string; json: string; changedAt: number }[];
      return new Map(rows.map(({ host, json, changedAt }) => [host, { value: JSON.parse(json), changedAt }]));
    },
    /** Everything, by host. */
    all(): Map<string, ByKind> {
      const byHost = new Map<string, ByKind>();
      const rows = selectAll.all() as unknown as {
        host: string;
        kind: ObservationKind;
        json: string;
        changedAt: number;
      }[];
      for (const { host, kind, json, changedAt } of rows) {
        const entry = byHost.get(host) ?? {};
        byHost.set(host, Object.assign(entry, { [kind]: { value: JSON.parse(json), changedAt } }));
      }
      return byHost;
    },
  };
}
