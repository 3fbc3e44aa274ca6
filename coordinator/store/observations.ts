import type { DatabaseSync } from 'node:sqlite';
import type { Diagnosis } from '../../shared/protocol/diagnosis.ts';
import type { ClusterFacts, Facts, NodeFacts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { Update } from '../../shared/protocol/release.ts';
import type { StepResult } from '../../shared/protocol/report.ts';

/** The newest value of each kind that a host reported. */
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
  /** Time of the report that changed the value, not of those that repeated it, in milliseconds since the epoch. */
  changedAt: number;
}

export type ObservationsByKind = { [K in ObservationKind]?: Observed<Observations[K]> };

/** Stored as JSON, one row per kind, so that a report only rewrites what changed. Validated on arrival. */
export function observationStore(db: DatabaseSync) {
  const upsert = db.prepare(
    `INSERT INTO observations (host, kind, json, changed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET json = excluded.json, changed_at = excluded.changed_at
     WHERE json IS NOT excluded.json OR changed_at < ?`,
  );
  const select = db.prepare('SELECT json, changed_at AS changedAt FROM observations WHERE host = ? AND kind = ?');
  const selectHost = db.prepare('SELECT kind, json, changed_at AS changedAt FROM observations WHERE host = ?');
  const selectKind = db.prepare('SELECT host, json, changed_at AS changedAt FROM observations WHERE kind = ?');

  /** A value that was stored before this time counts as changed when it is reported again. */
  let since = 0;
  const changes = new Map<string, number>();
  const kept = createKept(db);

  return {
    /** Returns whether the value changed. */
    put<K extends ObservationKind>(host: string, kind: K, value: Observations[K], at: number): boolean {
      const changed = upsert.run(host, kind, JSON.stringify(value), at, since).changes > 0;
      if (changed) changes.set(host, (changes.get(host) ?? 0) + 1);
      if (changed) kept.of(kind)?.set(host, { value, changedAt: at });
      return changed;
    },
    /** What is stored is from before another coordinator was active: a value may have changed, and changed back, since. */
    age(at: number): void {
      since = at;
    },
    get<K extends ObservationKind>(host: string, kind: K): Observed<Observations[K]> | undefined {
      const row = select.get(host, kind) as { json: string; changedAt: number } | undefined;
      return row && { value: JSON.parse(row.json), changedAt: row.changedAt };
    },
    /** Number of changes of a host's observations since this process started. */
    changes: (host: string) => changes.get(host) ?? 0,
    /** All kinds of one host. */
    of(host: string): ObservationsByKind {
      const rows = selectHost.all(host) as unknown as { kind: ObservationKind; json: string; changedAt: number }[];
      return Object.fromEntries(
        rows.map(({ kind, json, changedAt }) => [kind, { value: JSON.parse(json), changedAt }]),
      );
    },
    /** One kind, by host. */
    ofKind<K extends ObservationKind>(kind: K): ReadonlyMap<string, Observed<Observations[K]>> {
      const known = kept.of(kind);
      if (known !== undefined) return known;
      const rows = selectKind.all(kind) as unknown as { host: string; json: string; changedAt: number }[];
      return kept.keep(
        kind,
        new Map(rows.map(({ host, json, changedAt }) => [host, { value: JSON.parse(json), changedAt }])),
      );
    },
    /** Forgets what is kept in memory, after a transaction that was undone. */
    forget: kept.forget,
  };
}

/** Kinds that are small and read as a whole by many requests. */
const keptKinds: ReadonlySet<ObservationKind> = new Set(['node', 'cluster', 'update']);

type ByHost<K extends ObservationKind> = Map<string, Observed<Observations[K]>>;

/** Values of `keptKinds` in memory, from the first read until a host is deleted. */
function createKept(db: DatabaseSync) {
  const byKind: { [K in ObservationKind]?: ByHost<K> } = {};
  const forget = (): void => {
    for (const kind of keptKinds) delete byKind[kind];
  };
  db.function('forget_observations', () => {
    forget();
    return null;
  });
  db.exec(
    'CREATE TEMP TRIGGER forget_observations AFTER DELETE ON observations BEGIN SELECT forget_observations(); END',
  );
  return {
    forget,
    of: <K extends ObservationKind>(kind: K) => byKind[kind] as ByHost<K> | undefined,
    keep<K extends ObservationKind>(kind: K, values: ByHost<K>): ByHost<K> {
      if (keptKinds.has(kind)) Object.assign(byKind, { [kind]: values });
      return values;
    },
  };
}
