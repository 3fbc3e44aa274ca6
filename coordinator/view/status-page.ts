import type { StatusPage, StatusQuery } from '../../shared/protocol/status.ts';
import { mediansOf } from '../../shared/status/estimate.ts';
import { selects } from '../../shared/status/host.ts';
import { type PackedRow, packedTaken, unpackSteps } from '../../shared/status/packed-row.ts';
import { urgency } from '../../shared/status/phases.ts';
import type { HostRow } from '../../shared/status/row.ts';
import { clusterSentence, readyNodes } from '../../shared/status/sentence.ts';
import type { Language } from '../../shared/text/local-text.ts';
import { readHead, readHost, type StatusSource } from './status.ts';

/** The status with the hosts that a query selects; reads only those. `rows`: all hosts, in the order of the status. */
export function readPage(source: StatusSource, rows: readonly PackedRow[], query: StatusQuery): StatusPage {
  const { now, language } = source;
  const following = after(query.after, ordered(rows, query)).filter(selects(query));
  const shown = following.slice(0, query.limit);
  const { cluster, coordinator, ...rest } = readHead(source);
  const whole = rows.map((row) => unpackedLater(row, language));
  return {
    cluster: { ...cluster, summary: clusterSentence(whole, now.getTime(), () => mediansOf(rows.map(packedTaken))) },
    coordinator: { ...coordinator, now: now.toISOString() },
    ...rest,
    hosts: shown.flatMap(({ name }) => readHost(source, name) ?? []),
    page: {
      total: rows.length,
      matching: rows.filter(selects(query)).length,
      phases: countPhases(rows),
      readyNodes: readyNodes(rows),
      next: shown.length < following.length ? (shown.at(-1)?.name ?? null) : null,
    },
  };
}

function ordered(rows: readonly PackedRow[], { order }: StatusQuery): readonly PackedRow[] {
  return order === 'urgency' ? rows.toSorted((a, b) => urgency(a.phase) - urgency(b.phase)) : rows;
}

function after(name: string | undefined, rows: readonly PackedRow[]): readonly PackedRow[] {
  return name === undefined ? rows : rows.slice(rows.findIndex((row) => row.name === name) + 1);
}

/** Steps are most of a row, and the sentence reads those of one host. */
function unpackedLater(row: PackedRow, language: Language): HostRow {
  return {
    ...row,
    get steps() {
      return unpackSteps(row.steps, language);
    },
  };
}

function countPhases(rows: readonly PackedRow[]): StatusPage['page']['phases'] {
  const counts: StatusPage['page']['phases'] = {};
  for (const { phase } of rows) counts[phase] = (counts[phase] ?? 0) + 1;
  return counts;
}
