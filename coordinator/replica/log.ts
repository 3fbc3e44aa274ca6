import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { KubeClient } from '../../shared/kube/client.ts';
import { group, recordsPath } from '../../shared/kube/coordinator-objects.ts';
import type { Change } from '../store/replicated.ts';
import { inParts, pack, unpack } from './packing.ts';

const recordSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    kind: z.enum(['change', 'snapshot']),
    sequence: z.number().int(),
    part: z.number().int(),
    parts: z.number().int(),
    writer: z.string(),
    revision: z.number().int(),
    data: z.string(),
  }),
});
type Record = z.infer<typeof recordSchema>;
const listSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }).default({}),
  items: z.array(recordSchema),
});
/** A page is read within the limit of one request, also if each object is as large as they get. */
const pageSize = 10;

/** One write to the shared state. */
export interface Batch {
  sequence: number;
  /** The writer's revision after the changes. */
  revision: number;
  changes: Change[];
}

export type Log = ReturnType<typeof createLog>;
export type LogClient = Pick<KubeClient, 'get' | 'create' | 'remove'>;

/**
 * The shared state in the Kubernetes API: a log of numbered changes after a snapshot. A number can be created only once,
 * so that of two coordinators that both believe to be active one fails at its next write, whatever its clock says. Calls
 * throw MusterError `kube-unreachable` or `kube-refused`.
 */
export function createLog(client: LogClient) {
  async function create(record: Record): Promise<void> {
    await client.create(recordsPath, { apiVersion: `${group}/v1`, kind: 'StateRecord', ...record });
  }

  async function all(): Promise<Record[]> {
    const records: Record[] = [];
    let next = '';
    do {
      const query = `limit=${pageSize}${next === '' ? '' : `&continue=${encodeURIComponent(next)}`}`;
      const page = listSchema.parse((await client.get(`${recordsPath}?${query}`)) ?? { items: [] });
      records.push(...page.items);
      next = page.metadata.continue ?? '';
    } while (next !== '');
    return records;
  }

  const removeAll = async (records: readonly Record[]): Promise<void> => {
    for (const { metadata } of records) await client.remove(`${recordsPath}/${metadata.name}`);
  };

  return {
    /** A batch to append, so that a repeated attempt is recognised. */
    batch: ({ sequence, revision, changes }: Batch): Record => ({
      metadata: { name: nameOf('change', sequence, 0) },
      spec: { kind: 'change', sequence, part: 0, parts: 1, writer: randomUUID(), revision, data: pack(changes) },
    }),
    /** May be repeated. Throws MusterError `superseded` if another coordinator has written this number. */
    async append(record: Record): Promise<void> {
      try {
        await create(record);
      } catch (error) {
        if (!(error instanceof MusterError) || error.status !== 409) throw error;
        const there = recordSchema.safeParse(await client.get(`${recordsPath}/${record.metadata.name}`));
        if (there.data?.spec.writer !== record.spec.writer) throw new MusterError('superseded', {}, { cause: error });
      }
    },
    /** The batch with this number; null: not written yet, or part of a snapshot. */
    async read(sequence: number): Promise<Batch | null> {
      const found = await client.get(`${recordsPath}/${nameOf('change', sequence, 0)}`);
      return found === null ? null : batchOf([recordSchema.parse(found)]);
    },
    /** The whole state; null: none was ever written. */
    load: async (): Promise<Batch | null> => fold(await whileExpired(all)),
    /** Replaces all older records by one state. */
    async snapshot({ sequence, revision, changes }: Batch): Promise<void> {
      const pieces = inParts(changes);
      const [kind, writer, parts] = ['snapshot', randomUUID(), pieces.length] as const;
      for (const [part, piece] of pieces.entries()) {
        const name = nameOf(kind, sequence, part);
        await client.remove(`${recordsPath}/${name}`);
        await create({
          metadata: { name },
          spec: { kind, sequence, part, parts, writer, revision, data: pack(piece) },
        });
      }
      const older = ({ spec }: Record) =>
        spec.sequence < sequence || (spec.sequence === sequence && spec.kind === 'change');
      await removeAll((await whileExpired(all)).filter(older));
    },
    /** Removes snapshots first: without one, what is left is never taken for a state. */
    async clear(): Promise<void> {
      const records = await whileExpired(all);
      const snapshots = records.filter(({ spec }) => spec.kind === 'snapshot');
      await removeAll(snapshots.toSorted((a, b) => a.spec.sequence - b.spec.sequence));
      await removeAll(records.filter(({ spec }) => spec.kind === 'change'));
    },
  };
}

const nameOf = (kind: Record['spec']['kind'], sequence: number, part: number) =>
  `${kind}-${String(sequence).padStart(12, '0')}${kind === 'snapshot' ? `-${String(part).padStart(4, '0')}` : ''}`;

/** A list in pages expires when etcd compacts: it starts again. */
async function whileExpired<T>(list: () => Promise<T>): Promise<T> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof MusterError && error.status === 410) return whileExpired(list);
    throw error;
  }
}

function batchOf(records: readonly Record[]): Batch {
  const newest = records.at(-1)?.spec;
  const changes = records.flatMap(({ spec }) => unpack(spec.data));
  return { sequence: newest?.sequence ?? 0, revision: newest?.revision ?? 0, changes };
}

/** The newest complete snapshot with the changes after it. Of each row only its last state. */
function fold(records: readonly Record[]): Batch | null {
  const bySequence = records.toSorted((a, b) => a.spec.sequence - b.spec.sequence || a.spec.part - b.spec.part);
  const parts = Object.values(
    Object.groupBy(
      bySequence.filter(({ spec }) => spec.kind === 'snapshot'),
      ({ spec }) => spec.writer,
    ),
  );
  const complete = parts.filter((some = []) => some.length === some[0]?.spec.parts).at(-1);
  if (complete === undefined) return null;
  const base = complete[0]?.spec.sequence ?? 0;
  const later = bySequence.filter(({ spec }) => spec.kind === 'change' && spec.sequence > base);
  const { sequence, revision, changes } = batchOf([...complete, ...later]);
  const rows = new Map<string, Change>();
  for (const change of changes) {
    const id = JSON.stringify([change.table, ...change.key]);
    rows.delete(id);
    if (change.row !== null) rows.set(id, change);
  }
  return { sequence, revision, changes: [...rows.values()] };
}
