import type { HostStatus } from '../../../shared/protocol/status.ts';
import type { Change } from '../../../shared/protocol/stream.ts';
import { type PackedRow, packRow } from '../../../shared/status/packed-row.ts';
import { rowOf } from '../../../shared/status/row.ts';
import { silentAfterMs } from '../../../shared/status/silence.ts';
import { rowChange } from './change.ts';

type HostChange = Change['hosts'][number];

export interface RowsSource {
  now: () => Date;
  host: (name: string) => HostStatus | undefined;
  /** By host: a string that changes when its record or reports change. */
  marks: () => ReadonlyMap<string, string>;
  /** Milliseconds since the epoch; null: never. */
  lastContact: (name: string) => number | null;
}

interface Known {
  row: PackedRow;
  mark: string | undefined;
  /** Whether the host was out of contact when the row was made. */
  silent: boolean;
}

/** The rows as last sent, to send only differences. */
export function createRows({ now, host: read, marks, lastContact }: RowsSource) {
  let known = new Map<string, Known>();

  const isQuiet = (contact: number | null) => contact !== null && now().getTime() - contact > silentAfterMs;

  /** The usual change in a quiet cluster: only the time of the last contact. */
  function contacted({ row }: Known, contact: number | null): HostChange | null {
    const lastContactAt = contact === null ? null : new Date(contact).toISOString();
    if (lastContactAt === row.lastContactAt) return null;
    row.lastContactAt = lastContactAt;
    return { name: row.name, lastContactAt };
  }

  return {
    all: () => [...known.values()].map(({ row }) => row),
    names: () => [...known.keys()],
    of: (names: readonly string[]) => names.flatMap((name) => known.get(name)?.row ?? []),
    /** Reads all hosts; yields between them. */
    *restart(names: readonly string[]): Generator<void> {
      const mark = marks();
      const next = new Map<string, Known>();
      for (const name of names) {
        const host = read(name);
        if (host !== undefined) {
          next.set(name, { row: packRow(rowOf(host)), mark: mark.get(name), silent: isQuiet(lastContact(name)) });
        }
        yield;
      }
      known = next;
    },
    /** The host's change; null: none. `anyway`: read it even if its mark is unchanged. */
    look(name: string, mark: string | undefined, anyway: boolean): HostChange | null {
      const before = known.get(name);
      if (before === undefined) return null;
      const contact = lastContact(name);
      const silent = isQuiet(contact);
      if (!anyway && mark === before.mark && silent === before.silent) return contacted(before, contact);
      const host = read(name);
      if (host === undefined) return null;
      const row = packRow(rowOf(host, mark === before.mark ? before.row.revision : before.row.revision + 1));
      known.set(name, { row, mark, silent });
      return rowChange(before.row, row);
    },
  };
}
