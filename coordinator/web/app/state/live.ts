import { batch, computed, type Signal, signal } from '@preact/signals';
import type { Beat, Change, ClusterHead, Rows, Snapshot } from '../../../../shared/protocol/stream.ts';
import { type PackedRow, unpackSteps } from '../../../../shared/status/packed-row.ts';
import type { HostRow } from '../../../../shared/status/row.ts';
import { silentAfterMs as usualSilenceMs } from '../../../../shared/status/silence.ts';
import { now, setClock } from './clock.ts';
import { language } from './preferences.ts';

/** `connecting`: nothing received yet; `live`; `offline`: the coordinator does not answer. */
export type Connection = 'connecting' | 'live' | 'offline';

export const connection = signal<Connection>('connecting');
/** The last contact with the coordinator, by its own clock, in milliseconds since the epoch. */
export const heardAt = signal<number | null>(null);
export const head = signal<ClusterHead | null>(null);
export const names = signal<readonly string[]>([]);
export const silentAfterMs = signal(usualSilenceMs);

const rows = new Map<string, Signal<HostRow>>();

/** A host's row; components that read it are re-rendered only when this host changes. */
export function rowOf(name: string): Signal<HostRow> | undefined {
  return rows.get(name);
}

/** Number of hosts whose rows have arrived. */
const arrived = signal(0);

/** All rows, in the plan's order. */
export const allRows = computed(() => {
  arrived.value;
  return names.value.flatMap((name) => rows.get(name)?.value ?? []);
});

/** Whether the rows of all hosts have arrived. */
export const isComplete = computed(() => arrived.value >= names.value.length);

/** The newest sequence number of the event log. */
export const newestEvent = signal(0);

/** Increases with every change except contacts, to invalidate related data. */
export const activityMark = signal(0);

/** A stream silent for this long is dead, in ms. The coordinator sends a heartbeat every ten seconds. */
const deafAfterMs = 25_000;

let source: EventSource | null = null;
let heard = Date.now();

/** Connects, and reconnects whenever the stream ends. */
export function connect(): void {
  language.subscribe(open);
  setInterval(() => {
    if (connection.value === 'live' && Date.now() - heard > deafAfterMs) open();
  }, 5000);
  addEventListener('online', open);
}

function open(): void {
  source?.close();
  const stream = new EventSource(`/v1/stream?lang=${language.peek()}`);
  source = stream;
  // A browser that wakes from sleep opens a new stream; silence is counted from here.
  heard = Date.now();
  const on = <T extends { now: string }>(name: string, take: (data: T) => void) =>
    stream.addEventListener(name, (event) => {
      const data = JSON.parse(event.data) as T;
      heard = Date.now();
      batch(() => {
        setClock(data.now);
        heardAt.value = now.peek();
        connection.value = 'live';
        take(data);
      });
    });
  on<Snapshot>('snapshot', replaceAll);
  on<Rows>('rows', ({ hosts }) => addRows(hosts));
  on<Change>('change', apply);
  on<Beat>('beat', () => {});
  stream.addEventListener('error', () => void lost(stream));
}

async function lost(stream: EventSource): Promise<void> {
  if (stream !== source) return;
  connection.value = 'offline';
  // If the coordinator answers without a stream, the session has ended or the coordinator is stopping.
  if (stream.readyState !== EventSource.CLOSED) return;
  const status = await fetch('/v1/tokens').then(
    (response) => response.status,
    () => 0,
  );
  if (status === 401) return location.reload();
  setTimeout(() => {
    if (stream === source) open();
  }, 2000);
}

function replaceAll(snapshot: Snapshot): void {
  head.value = snapshot.head;
  newestEvent.value = snapshot.newestEvent;
  silentAfterMs.value = snapshot.silentAfterMs;
  const wanted = new Set(snapshot.names);
  for (const name of rows.keys()) if (!wanted.has(name)) rows.delete(name);
  names.value = snapshot.names;
  addRows(snapshot.hosts);
}

function addRows(added: readonly PackedRow[]): void {
  for (const { steps, ...row } of added) put({ ...row, steps: unpackSteps(steps, language.peek()) });
  arrived.value = rows.size;
}

function apply(change: Change): void {
  if (change.head !== undefined) head.value = change.head;
  if (change.newestEvent !== undefined) newestEvent.value = change.newestEvent;
  if (change.head !== undefined || change.hosts.some(({ revision }) => revision !== undefined)) activityMark.value += 1;
  for (const { steps, ...changed } of change.hosts) {
    const row = rows.get(changed.name);
    const unpacked = steps === undefined ? {} : { steps: unpackSteps(steps, language.peek()) };
    if (row !== undefined) row.value = { ...row.peek(), ...changed, ...unpacked };
  }
}

function put(row: HostRow): void {
  const known = rows.get(row.name);
  if (known === undefined) rows.set(row.name, signal(row));
  else known.value = row;
}
