import type { HostStatus } from '../../../shared/protocol/status.ts';
import type { Change } from '../../../shared/protocol/stream.ts';
import { type PackedRow, packRow } from '../../../shared/status/packed-row.ts';
import { rowOf } from '../../../shared/status/row.ts';
import { silentAfterMs } from '../../../shared/status/silence.ts';
import { rowChange } from './change.ts';

type HostChange = Change['hosts'][number];

/** The hosts at one moment. */
export interface Look {
  host: (name: string) => HostStatus | undefined;
  /** A string that changes when the host's record or reports change. */
  mark: (name: string) => string | undefined;
}

export interface RowsSource {
  now: () => Date;
  look: () => Look;
  /** Milliseconds since the epoch; null: never. */
  lastContact: (name: string) => number | null;
}

interface Known {
  row: PackedRow;
  mark: string | undefined;
  /** Whether the host was out of contact when the row was made. */
  silent: boolean;
}

/** The rows as last sent, to send only differences. A host is read when it is first looked at. */
export function createRows({ now, look: lookAtAll, lastContact }: RowsSource) {
  const known = new Map<string, Known>();
  let current: Look = { host: () => undefined, mark: () => undefined };
  let changes: HostChange[] = [];

  const isQuiet = (contact: number | null) => contact !== null && now().getTime() - contact > silentAfterMs;

  /** The usual change in a quiet cluster: only the time of the last contact. */
  function contacted({ row }: Known, contact: number | null): HostChange | null {
    const lastContactAt = contact === null ? null : new Date(contact).toISOString();
    if (lastContactAt === row.lastContactAt) return null;
    row.lastContactAt = lastContactAt;
    return { name: row.name, lastContactAt };
  }

  function changeOf(name: string, anyway: boolean): HostChange | null {
    const before = known.get(name);
    const contact = lastContact(name);
    const seen = { mark: current.mark(name), silent: isQuiet(contact) };
    const isSame = seen.mark === before?.mark && seen.silent === before?.silent;
    if (before !== undefined && isSame && !anyway) return contacted(before, contact);
    const host = current.host(name);
    if (host === undefined) return null;
    const revision = before === undefined ? 0 : before.row.revision + (seen.mark === before.mark ? 0 : 1);
    const row = packRow(rowOf(host, revision));
    known.set(name, { row, ...seen });
    return before === undefined ? null : rowChange(before.row, row);
  }

  /** Notes the host's change. `anyway`: read it even if its mark is unchanged. */
  function look(name: string, anyway = false): void {
    const change = changeOf(name, anyway);
    if (change !== null) changes.push(change);
  }

  return {
    look,
    /** Looks at all hosts again, by whose marks `look` knows which have changed. */
    renew(): void {
      current = lookAtAll();
    },
    /** Forgets all rows. */
    clear(): void {
      known.clear();
      changes = [];
    },
    /** The rows of these hosts as they are now. */
    of: (names: readonly string[]): PackedRow[] =>
      names.flatMap((name) => {
        look(name);
        return known.get(name)?.row ?? [];
      }),
    /** The changes since the last call. */
    takeChanges(): HostChange[] {
      const taken = changes;
      changes = [];
      return taken;
    },
  };
}
