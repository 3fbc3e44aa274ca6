import type { StatusPage, StatusQuery } from '../../shared/protocol/status.ts';
import { type PackedRow, unpackSteps } from '../../shared/status/packed-row.ts';
import { clusterSentence } from '../../shared/status/sentence.ts';
import { readHead, readHost, type StatusSource } from './status.ts';

/** The status with the hosts that a query selects; reads only those. `rows`: all hosts, in the order of the status. */
export function readPage(
  source: StatusSource,
  rows: readonly PackedRow[],
  { limit, after, phase, search }: StatusQuery,
): StatusPage {
  const { now, language } = source;
  const text = search?.trim().toLowerCase() ?? '';
  const isWanted = (row: PackedRow) =>
    (phase === undefined || row.phase === phase) && (row.name.includes(text) || row.address.includes(text));
  const start = after === undefined ? 0 : rows.findIndex(({ name }) => name === after) + 1;
  const following = rows.slice(start).filter(isWanted);
  const shown = following.slice(0, limit);
  const { cluster, coordinator, ...rest } = readHead(source);
  const whole = rows.map((row) => ({ ...row, steps: unpackSteps(row.steps, language) }));
  return {
    cluster: { ...cluster, summary: clusterSentence(whole, now.getTime()) },
    coordinator: { ...coordinator, now: now.toISOString() },
    ...rest,
    hosts: shown.flatMap(({ name }) => readHost(source, name) ?? []),
    page: {
      total: rows.length,
      matching: rows.filter(isWanted).length,
      phases: countPhases(rows),
      next: shown.length < following.length ? (shown.at(-1)?.name ?? null) : null,
    },
  };
}

function countPhases(rows: readonly PackedRow[]): StatusPage['page']['phases'] {
  const counts: StatusPage['page']['phases'] = {};
  for (const { phase } of rows) counts[phase] = (counts[phase] ?? 0) + 1;
  return counts;
}
