import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { localSettings, type ReplicatedName, type ReplicatedTable, replicatedTables } from './replicated-tables.ts';

const value = z.union([z.string(), z.number(), z.null()]);

/** One row's new state. */
export const changeSchema = z.object({
  table: z.string(),
  key: z.array(z.string()),
  /** null: deleted. */
  row: z.record(z.string(), value).nullable(),
});
export type Change = z.infer<typeof changeSchema>;

export interface Pending {
  /** Rises with each change. */
  id: number;
  change: Change;
}

const names = Object.keys(replicatedTables) as ReplicatedName[];
const definitionOf = (name: string): ReplicatedTable | undefined =>
  (replicatedTables as Record<string, ReplicatedTable>)[name];
const valuesOf = ({ columns, initial = [] }: ReplicatedTable) => [...columns, ...initial];

/**
 * The shared part of the store (replicated-tables.ts) as changes: records those that commit, in the same transaction,
 * and takes over those of another coordinator. Records nothing until `record`.
 */
export function replicatedStore(db: DatabaseSync) {
  let isRecording = false;
  const writers = new Map<string, ReturnType<typeof writerOf>>();

  /** Tables of a later version are passed over. */
  function put({ table, key, row }: Change): void {
    const name = names.find((one) => one === table);
    if (name === undefined) return;
    const writer = writers.get(name) ?? writerOf(db, name);
    writers.set(name, writer);
    if (row === null) writer.remove(key);
    else writer.put(key, row);
  }

  return {
    /** Starts to record changes. */
    record(): void {
      if (isRecording) return;
      db.exec('CREATE TEMP TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, change TEXT NOT NULL)');
      db.exec(names.flatMap(triggersOf).join('\n'));
      isRecording = true;
    },
    /** Stops and forgets what was recorded. */
    stop(): void {
      if (!isRecording) return;
      db.exec(names.flatMap((name) => triggerNames(name).map((one) => `DROP TRIGGER ${one};`)).join('\n'));
      db.exec('DROP TABLE outbox');
      isRecording = false;
    },
    /** Recorded changes that are not forgotten yet, oldest first, up to `most`. */
    pending(most: number): Pending[] {
      if (!isRecording) return [];
      const rows = db.prepare('SELECT id, change FROM outbox ORDER BY id LIMIT ?').all(most);
      return rows.map(({ id, change }) => ({ id: Number(id), change: changeSchema.parse(JSON.parse(String(change))) }));
    },
    /** Forgets recorded changes up to this one. */
    forget(last: number): void {
      if (isRecording) db.prepare('DELETE FROM outbox WHERE id <= ?').run(last);
    },
    /** The whole shared state. */
    all: (): Change[] => names.flatMap((name) => rowsOf(db, name)),
    /** Takes over changes of another coordinator, in order. Requires a transaction. */
    apply: (changes: readonly Change[]): void => changes.forEach(put),
    /** Makes the shared state equal to `changes`, which names every row. Requires a transaction. */
    replace(changes: readonly Change[]): void {
      const wanted = new Map(changes.map((change) => [idOf(change), change]));
      const gone = names.toReversed().flatMap((name) =>
        rowsOf(db, name).filter((own) => {
          const next = wanted.get(idOf(own))?.row;
          const { incarnation } = definitionOf(name) ?? {};
          return !next || (incarnation !== undefined && next[incarnation] !== own.row?.[incarnation]);
        }),
      );
      for (const { table, key } of gone) put({ table, key, row: null });
      for (const name of names) changes.filter(({ table }) => table === name).forEach(put);
    },
  };
}

const idOf = ({ table, key }: Change) => JSON.stringify([table, ...key]);

function rowsOf(db: DatabaseSync, name: ReplicatedName): Change[] {
  const table = definitionOf(name) as ReplicatedTable;
  const rows = db.prepare(`SELECT ${[...table.key, ...valuesOf(table)].join(', ')} FROM ${name}`).all();
  const isShared = (key: unknown) => name !== 'meta' || !localSettings.some((local) => local === key);
  return rows
    .filter((row) => isShared(row.key))
    .map((row) => ({ table: name, key: table.key.map((one) => String(row[one])), row: pick(row, valuesOf(table)) }));
}

const pick = (row: Record<string, SQLOutputValue>, columns: readonly string[]) =>
  Object.fromEntries(columns.map((one) => [one, row[one] as string | number | null]));

function writerOf(db: DatabaseSync, name: ReplicatedName) {
  const table = definitionOf(name) as ReplicatedTable;
  const { key, columns } = table;
  const all = [...key, ...valuesOf(table)];
  const updates = columns.map((one) => `${one} = excluded.${one}`).join(', ');
  const upsert = db.prepare(
    `INSERT INTO ${name} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${updates}
     WHERE ${columns.map((one) => `${name}.${one} IS NOT excluded.${one}`).join(' OR ')}`,
  );
  const remove = db.prepare(`DELETE FROM ${name} WHERE ${key.map((one) => `${one} = ?`).join(' AND ')}`);
  return {
    put: (id: readonly string[], row: NonNullable<Change['row']>): void =>
      void upsert.run(...id, ...valuesOf(table).map((one) => row[one] ?? null)),
    remove: (id: readonly string[]): void => void remove.run(...id),
  };
}

const triggerNames = (name: ReplicatedName) =>
  ['insert', 'update', 'delete'].map((change) => `replicate_${name}_${change}`);

/** Temporary triggers that record the changes of one table. */
function triggersOf(name: ReplicatedName): string[] {
  const table = definitionOf(name) as ReplicatedTable;
  const { key, columns } = table;
  const [inserted, updated, deleted] = triggerNames(name);
  const keyOf = (row: string) => `json_array(${key.map((one) => `CAST(${row}.${one} AS TEXT)`).join(', ')})`;
  const rowOf = `json_object(${valuesOf(table)
    .map((one) => `'${one}', new.${one}`)
    .join(', ')})`;
  const change = (row: string, content: string) =>
    `INSERT INTO outbox (change) VALUES (json_object('table', '${name}', 'key', ${keyOf(row)}, 'row', ${content}));`;
  const locals = localSettings.map((local) => `'${local}'`).join(', ');
  const shared = (row: string) => (name === 'meta' ? [`${row}.key NOT IN (${locals})`] : []);
  const when = (conditions: readonly string[]) => (conditions.length === 0 ? '' : `WHEN ${conditions.join(' AND ')}`);
  const differs = `(${columns.map((one) => `old.${one} IS NOT new.${one}`).join(' OR ')})`;
  return [
    `CREATE TEMP TRIGGER ${inserted} AFTER INSERT ON ${name} ${when(shared('new'))} BEGIN ${change('new', rowOf)} END;`,
    `CREATE TEMP TRIGGER ${updated} AFTER UPDATE ON ${name} ${when([...shared('new'), differs])}
     BEGIN ${change('new', rowOf)} END;`,
    `CREATE TEMP TRIGGER ${deleted} AFTER DELETE ON ${name} ${when(shared('old'))} BEGIN ${change('old', 'NULL')} END;`,
  ];
}
