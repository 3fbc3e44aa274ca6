import { clip, widthOf } from './width.ts';

export interface Cell {
  text: string;
  /** Applied after padding, so that colour does not count as width. */
  paint?: (text: string) => string;
}

/** Minimum width of the last column. */
const narrowest = 12;

/**
 * Formats rows as columns of minimal width. The last column is cut to fit `room` columns, because wrapped rows are
 * unreadable.
 */
export function table(rows: readonly (readonly (string | Cell)[])[], room = Number.POSITIVE_INFINITY): string[] {
  const cells = rows.map((row) => row.map((cell): Cell => (typeof cell === 'string' ? { text: cell } : cell)));
  const width = (column: number) => Math.max(...cells.map((row) => widthOf(row[column]?.text ?? '')));
  const widths = (cells[0] ?? []).map((_cell, column) => width(column));
  const left = room - widths.slice(0, -1).reduce((sum, each) => sum + each + 2, 0);
  return cells.map((row) =>
    row
      .map(({ text, paint = (same) => same }, column) => {
        if (column === row.length - 1) return paint(clip(text, Math.max(narrowest, left)));
        return paint(text) + ' '.repeat((widths[column] ?? 0) - widthOf(text));
      })
      .join('  ')
      .trimEnd(),
  );
}
