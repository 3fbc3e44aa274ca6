import { batch, computed, type Signal, signal } from '@preact/signals';
import type { Beat, Change, ClusterHead, Snapshot } from '../../../../shared/protocol/stream.ts';
import type { HostRow } from '../../../../shared/status/row.ts';
import { now, setClock } from './clock.ts';
import { language } from './preferences.ts';

/** `connecting`: nothing has come yet; `live`; `offline`: the coordinator does not answer. */
export type Connection = 'connecting' | 'live' | 'offline';

export const connection = signal<Connection>('connecting');
/** When the coordinator was last in contact, by its own clock. */
export const heardAt = signal<number | null>(null);
export const head = signal<ClusterHead | null>(null);
export const names = signal<readonly string[]>([]);
export const silentAfterMs = signal(90_000);

const rows = new Map<string, Signal<HostRow>>();

/** A host's row: a component that reads it is redrawn when this host changes, and only then. */
export function rowOf(name: string): Signal<HostRow> | undefined {
  return rows.get(name);
}

/** All rows, in the plan's order. */
export const allRows = computed(() => names.value.flatMap((name) => rows.get(name)?.value ?? []));

/** Rises with every entry of the event log. */
export const newestEvent = signal(0);

/** Rises with every change but contacts: what else is shown may have changed as well. */
export const activityMark = signal(0);

/** A stream that says nothing for so long has died without telling. The coordinator speaks every ten seconds. */
const deafAfterMs = 25_000;

let source: EventSource | null = null;
let heard = Date.now();

/** Connects, and connects again whenever that ends. */
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
  // A browser that comes back from sleep opens a new stream; silence is counted from here.
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
  on<Change>('change', apply);
  on<Beat>('beat', () => {});
  stream.addEventListener('error', () => void lost(stream));
}

async function lost(stream: EventSource): Promise<void> {
  if (stream !== source) return;
  connection.value = 'offline';
  // A coordinator that answers without a stream has signed this browser out, or is just going away.
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
  const wanted = new Set(snapshot.hosts.map(({ name }) => name));
  for (const name of rows.keys()) if (!wanted.has(name)) rows.delete(name);
  for (const row of snapshot.hosts) put(row);
  names.value = [...wanted];
}

function apply(change: Change): void {
  if (change.head !== undefined) head.value = change.head;
  if (change.newestEvent !== undefined) newestEvent.value = change.newestEvent;
  if (change.head !== undefined || change.hosts.some(({ revision }) => revision !== undefined)) activityMark.value += 1;
  for (const changed of change.hosts) {
    const row = rows.get(changed.name);
    if (row !== undefined) row.value = { ...row.peek(), ...changed };
  }
}

function put(row: HostRow): void {
  const known = rows.get(row.name);
  if (known === undefined) rows.set(row.name, signal(row));
  else known.value = row;
}
