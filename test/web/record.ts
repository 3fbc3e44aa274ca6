import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../coordinator/store/store.ts';
import type { RecordedHost, Recording } from './recording.ts';

/**
 * Writes the recording NAME from a copy of the database of a coordinator whose hosts are Ready, with its plan.
 * Arguments: NAME, database, plan.
 */
const [name = '', database = '', plan = ''] = process.argv.slice(2);
const store = openStore(database);
const isoOf = (ms: number | null) => new Date(ms ?? Number.NaN).toISOString();

function recorded({
  name: host,
  enrolledAt,
  readyAt,
  bootId,
}: ReturnType<typeof store.hosts.all>[number]): RecordedHost {
  const { facts, findings, steps, node, cluster } = store.observations.of(host);
  if (facts === undefined || !node?.value) throw new Error(`${host} has not reported its facts and node`);
  return {
    name: host,
    enrolledAt: isoOf(enrolledAt),
    readyAt: isoOf(readyAt),
    bootId,
    machineId: facts.value.machineId ?? '',
    facts: facts.value,
    findings: findings?.value ?? [],
    steps: (steps?.value ?? []).map(({ id, startedAt, endedAt, attempts, message }) => ({
      id,
      startedAt,
      endedAt,
      attempts,
      message,
    })),
    node: node.value,
    cluster: cluster?.value ?? null,
    output: store.output.tail(host, 5000).lines.map(({ seq: _, ...line }) => line),
  };
}

const every = Number.MAX_SAFE_INTEGER;
const chinese = store.events.newest(every, 'zh');
const recording: Recording = {
  plan: readFileSync(plan, 'utf8'),
  hosts: store.hosts.all().map(recorded),
  events: store.events.newest(every).map(({ at, host, kind, message }, index) => ({
    at,
    host,
    kind,
    en: message,
    zh: chinese[index]?.message ?? null,
  })),
};
store.close();
writeFileSync(join(import.meta.dirname, 'recordings', `${name}.json`), `${JSON.stringify(recording)}\n`);
