import type { DatabaseSync } from 'node:sqlite';
import type { OutputLine } from '../../shared/protocol/report.ts';
import type { LogPage } from '../../shared/protocol/status.ts';

/** Lines kept of each host. */
const kept = 5000;
/** Trimming looks `kept` entries back in the index, so it is done once for many lines. */
const trimEvery = 500;
const pageSize = 1000;

/** What the steps' programs printed, newest lines only. */
export function outputStore(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO output (host, at, step, text) VALUES (?, ?, ?, ?)');
  const after = db.prepare('SELECT seq, at, step, text FROM output WHERE host = ? AND seq > ? ORDER BY seq LIMIT ?');
  const trim = db.prepare(
    `DELETE FROM output WHERE host = ?1 AND seq <= (SELECT seq FROM output WHERE host = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ${kept})`,
  );
  const sinceTrim = new Map<string, number>();

  return {
    append(host: string, lines: readonly OutputLine[]): void {
      for (const { at, step, text } of lines) insert.run(host, at, step, text);
      const count = (sinceTrim.get(host) ?? trimEvery) + lines.length;
      if (count >= trimEvery) trim.run(host);
      sinceTrim.set(host, count >= trimEvery ? 0 : count);
    },
    /** The first 1,000 lines after `seq`, in the order of arrival. */
    after: (host: string, seq: number): LogPage => ({
      lines: after.all(host, seq, pageSize) as unknown as LogPage['lines'],
    }),
  };
}
