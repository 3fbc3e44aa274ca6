import type { DatabaseSync } from 'node:sqlite';
import type { OutputLine } from '../../shared/protocol/report.ts';
import type { LogPage } from '../../shared/protocol/status.ts';

/** Minimum number of lines kept per host; whole rows are kept, so there may be more. */
const kept = 5000;
/** Trimming scans a host's rows, so it runs once per this many lines. */
const trimEvery = 1000;
/** Approximate lines per page: rows are not split. */
const pageSize = 1000;
/** Line sequence number = row id × this + index within the row. A report has at most 500 lines. */
const spacing = 1000;

/** Output of the steps' programs, newest lines only. All lines of a report share one row, which keeps reports cheap. */
export function outputStore(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO output (host, line_count, json) VALUES (?, ?, ?)');
  const from = db.prepare('SELECT id, json FROM output WHERE host = ? AND id >= ? ORDER BY id');
  const back = db.prepare('SELECT id, json FROM output WHERE host = ? ORDER BY id DESC');
  const trim = db.prepare(
    `DELETE FROM output WHERE id IN (
       SELECT id FROM (
         SELECT id, line_count, sum(line_count) OVER (ORDER BY id DESC) AS total FROM output WHERE host = ?
       ) WHERE total - line_count >= ${kept}
     )`,
  );
  const sinceTrim = new Map<string, number>();

  return {
    append(host: string, lines: readonly OutputLine[]): void {
      if (lines.length === 0) return;
      insert.run(host, lines.length, JSON.stringify(lines));
      const count = (sinceTrim.get(host) ?? 0) + lines.length;
      if (count >= trimEvery) trim.run(host);
      sinceTrim.set(host, count >= trimEvery ? 0 : count);
    },
    /** About 1,000 lines after `seq`, in order of arrival. */
    after(host: string, seq: number): LogPage {
      const lines: LogPage['lines'] = [];
      for (const row of from.iterate(host, Math.floor(seq / spacing))) {
        lines.push(...linesOf(row).filter((line) => line.seq > seq));
        if (lines.length >= pageSize) break;
      }
      return { lines };
    },
    /** The newest `count` lines, in order of arrival. */
    tail(host: string, count: number): LogPage {
      let lines: LogPage['lines'] = [];
      for (const row of back.iterate(host)) {
        lines = [...linesOf(row), ...lines];
        if (lines.length >= count) break;
      }
      return { lines: lines.slice(-count) };
    },
  };
}

function linesOf({ id, json }: Record<string, unknown>): LogPage['lines'] {
  const first = Number(id) * spacing;
  return (JSON.parse(String(json)) as OutputLine[]).map((line, index) => ({ seq: first + index, ...line }));
}
