import { widthOf } from './width.ts';

export interface Cell {
  text: string;
  /** Applied after padding, so that colour does not count as width. */
  paint?: (text: string) => string;
}

/** Lines of a table whose columns are as wide as they must be; the last one ends where its text does. */
export function table(rows: readonly (readonly (string | Cell)[])[]): string[] {
  const cells = rows.map((row) => row.map((cell): Cell => (typeof cell === 'string' ? { text: cell } : cell)));
  const width = (column: number) => Math.max(...cells.map((row) => widthOf(row[column]?.text ?? '')));
  const widths = (cells[0] ?? []).map((_cell, column) => width(column));
  return cells.map((row) =>
    row
      .map(({ text, paint = (same) => same }, column) => {
        const padding = column === row.length - 1 ? 0 : (widths[column] ?? 0) - widthOf(text);
        return paint(text) + ' '.repeat(padding);
      })
      .join('  ')
      .trimEnd(),
  );
}
