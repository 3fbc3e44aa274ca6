import { expect, test } from 'vitest';
import { createFeed } from '../../../../coordinator/view/stream/feed.ts';
import type { HostStatus } from '../../../../shared/protocol/status.ts';
import type { Change, Snapshot } from '../../../../shared/protocol/stream.ts';
import { sampleStatus } from '../../web/sample.ts';

const start = Date.parse('2026-03-04T12:05:00.000Z');

/** A feed over hosts that a test changes at will, and a reader that applies its events. */
function fixture({ sweeps = true, copies = 0, sliceMs = Number.POSITIVE_INFINITY } = {}) {
  const { cluster, coordinator, planProblems, hosts: sample } = sampleStatus();
  const more = Array.from({ length: copies }, (_, index) => ({ ...sample[1], name: `copy${index}` }) as HostStatus);
  const hosts = [...sample, ...more];
  const state = {
    time: start,
    hosts: new Map(hosts.map((host) => [host.name, host])),
    marks: new Map(hosts.map(({ name }) => [name, '0'])),
    read: 0,
    newestEvent: 7,
  };
  const feed = createFeed({
    now: () => new Date(state.time),
    names: () => [...state.hosts.keys()],
    head: () => ({ cluster, coordinator, planProblems: [...planProblems], settingNotes: [], notices: [] }),
    newestEvent: () => state.newestEvent,
    look: () => ({
      mark: (name) => state.marks.get(name),
      host(name) {
        state.read += 1;
        return state.hosts.get(name);
      },
    }),
    lastContact: (name) => Date.parse(state.hosts.get(name)?.lastContactAt ?? '') || null,
    ...(sweeps ? {} : { sweep: 0 }),
    sliceMs,
  });
  function change(name: string, more: object) {
    const host = state.hosts.get(name);
    if (host === undefined) throw new Error(`no ${name} in the sample`);
    state.hosts.set(name, { ...host, ...more });
    state.marks.set(name, `${state.marks.get(name)}+`);
    feed.look();
  }
  return { state, feed, change };
}

function reader(feed: ReturnType<typeof createFeed>, lastId?: string) {
  const events: { id: string; event: string; data: Snapshot & Change }[] = [];
  const end = feed.subscribe(lastId, (text) => {
    for (const part of text.trimEnd().split('\n\n')) {
      const {
        id = '',
        event = '',
        data = '',
      } = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/)));
      events.push({ id, event, data: JSON.parse(data) });
    }
  });
  const kinds = () => events.map(({ event }) => event);
  return { events, end, kinds };
}

test('sends a new entry of the event log, also one without a host', () => {
  const { feed, state } = fixture();
  const { events, end } = reader(feed);
  expect(events[0]?.data.newestEvent).toBe(7);
  state.newestEvent = 8;
  feed.look();
  feed.look();
  expect(events.slice(1).map(({ data }) => [data.newestEvent, data.hosts])).toEqual([[8, []]]);
  end();
});

test('sends a new reader everything, and then the changed fields', () => {
  const { feed, change } = fixture();
  const { events, end, kinds } = reader(feed);
  expect(events[0]?.data.hosts.map(({ name }) => name)).toEqual(['master01', 'node01', 'node02', 'node03']);
  change('node01', { stepsDone: 9 });
  expect(kinds()).toEqual(['snapshot', 'change']);
  expect(events[1]?.data.hosts).toEqual([{ name: 'node01', stepsDone: 9, revision: 1 }]);
  end();
});

test('sends a reader that reconnects exactly what it missed, including changes without readers', () => {
  const { feed, change } = fixture();
  const first = reader(feed);
  change('node01', { stepsDone: 9 });
  const seen = first.events.at(-1)?.id ?? '';
  first.end();
  change('node01', { stepsDone: 10 });
  change('node02', { stepsDone: 1 });
  const second = reader(feed, seen);
  expect(second.kinds()).toEqual(['change', 'change', 'beat']);
  expect(second.events.flatMap(({ data }) => data.hosts ?? []).map(({ name }) => name)).toEqual(['node01', 'node02']);
  second.end();
});

test('sends a snapshot to a reader that names an unknown event', () => {
  const { feed } = fixture();
  for (const id of ['000000000000.1', 'nonsense', '']) {
    const { kinds, end } = reader(feed, id);
    expect(kinds()).toEqual(['snapshot']);
    end();
  }
});

test('sends everyone a new snapshot when the planned hosts change', () => {
  const { feed, state } = fixture();
  const { kinds, events, end } = reader(feed);
  state.hosts.delete('node03');
  feed.look();
  expect(kinds()).toEqual(['snapshot', 'snapshot']);
  expect(events[1]?.data.hosts).toHaveLength(3);
  end();
});

test('reports a contact without reading the host, and detects silence without new data', () => {
  const { feed, state } = fixture({ sweeps: false });
  const { events, end } = reader(feed);
  state.read = 0;
  const host = state.hosts.get('node01');
  if (host === undefined) throw new Error('no node01 in the sample');
  host.lastContactAt = new Date(start + 5000).toISOString();
  feed.look();
  expect(events.at(-1)?.data.hosts).toEqual([{ name: 'node01', lastContactAt: '2026-03-04T12:05:05.000Z' }]);
  expect(state.read).toBe(0);

  state.time += 200_000;
  state.hosts.set('node01', { ...host, phase: 'silent' });
  feed.look();
  expect(events.at(-1)?.data.hosts.find(({ name }) => name === 'node01')).toMatchObject({ phase: 'silent' });
  end();
});

test('sends keep-alives when nothing changes', () => {
  const { feed, state } = fixture({ sweeps: false });
  const { kinds, end } = reader(feed);
  state.time += 5000;
  feed.look();
  expect(kinds()).toEqual(['snapshot']);
  state.time += 6000;
  feed.look();
  expect(kinds()).toEqual(['snapshot', 'beat']);
  end();
});

test('leaves sentences with a time to the reader: they would change every second', () => {
  const { feed } = fixture();
  const { events, end } = reader(feed);
  const summaries = Object.fromEntries((events[0]?.data.hosts ?? []).map(({ name, summary }) => [name, summary?.en]));
  expect(summaries).toEqual({ master01: '', node01: '', node02: 'blocked: port 10250 is in use', node03: '' });
  end();
});

test('sends the first rows before it has read the other hosts', async () => {
  const { feed, state } = fixture({ copies: 300, sliceMs: 0, sweeps: false });
  const { events, end, kinds } = reader(feed);
  expect(kinds()).toEqual(['snapshot']);
  expect(events[0]?.data.hosts).toHaveLength(100);
  expect(state.read).toBe(100);

  expect(await feed.read()).toHaveLength(304);
  await new Promise(setImmediate);
  expect(kinds()).toEqual(['snapshot', 'rows', 'rows', 'rows']);
  expect(events.flatMap(({ data }) => data.hosts.map(({ name }) => name))).toEqual([...state.hosts.keys()]);
  expect(state.read).toBe(304);
  end();
});

test('a change of a host while others are read reaches a reader that has its row already', async () => {
  const { feed, change } = fixture({ copies: 300, sliceMs: 0 });
  const { events, end } = reader(feed);
  change('node01', { stepsDone: 9 });
  await feed.read();
  await feed.read();
  const changes = events.filter(({ event }) => event === 'change').flatMap(({ data }) => data.hosts);
  expect(changes).toContainEqual({ name: 'node01', stepsDone: 9, revision: 1 });
  end();
});
