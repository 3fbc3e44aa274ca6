import type { HostStatus } from '../../../shared/protocol/status.ts';
import { type Column, columns, tables } from '../../../shared/status/columns.ts';
import { phaseTone } from '../../../shared/status/phases.ts';
import { rowOf } from '../../../shared/status/row.ts';
import { type Cell, table } from '../terminal/table.ts';
import { clean } from '../terminal/text.ts';
import type { Style } from './style.ts';

/** Lines of a table of hosts. `now`: milliseconds since the epoch, by the coordinator's clock. */
export function hostTable(
  hosts: readonly HostStatus[],
  which: 'status' | 'hosts',
  now: number,
  { paint, language, columns: width }: Style,
): string[] {
  const shown = tables[which].map((id): Column & { id: string } => ({ id, ...columns[id] }));
  const heading = shown.map(({ title }): Cell => ({ text: title[language].toUpperCase(), paint: paint.faint }));
  const rows = hosts.map((host) => {
    const row = rowOf(host);
    return shown.map(({ id, text }): Cell => {
      const cell: Cell = { text: clean(text(row, now)[language]) };
      return id === 'phase' ? { ...cell, paint: (word) => paint.tone(phaseTone(row.phase), word) } : cell;
    });
  });
  return table([heading, ...rows], width || undefined);
}
