import { expect, test } from 'vitest';
import { createChannel } from '../../../../coordinator/view/stream/channel.ts';
import { packRow } from '../../../../shared/status/packed-row.ts';
import { rowOf } from '../../../../shared/status/row.ts';
import { sampleStatus } from '../../web/sample.ts';

const { cluster, coordinator, planProblems, hosts } = sampleStatus();
const head = { cluster, coordinator, planProblems: [...planProblems], settingNotes: [], notices: [] };

/** A channel that sends two of the four sample hosts in one event. */
function fixture() {
  const byName = new Map(hosts.map((host) => [host.name, packRow(rowOf(host))]));
  const channel = createChannel({
    now: () => new Date(),
    names: () => [...byName.keys()],
    rows: (names) => names.flatMap((name) => byName.get(name) ?? []),
    about: () => ({ silentAfterMs: 90_000, head, newestEvent: 1 }),
    rowsInEvent: 2,
  });
  return { channel, byName };
}

function reader({ channel }: ReturnType<typeof fixture>, lastId?: string) {
  const events: { id: string | undefined; event: string | undefined; hosts: string[]; text: string }[] = [];
  const end = channel.add(lastId, (text) => {
    const [, id, event, data] = /^(?:id: (.*)\n)?event: (.*)\ndata: (.*)\n\n$/.exec(text) ?? [];
    const { hosts: rows = [] } = JSON.parse(data ?? '{}');
    events.push({ id, event, hosts: rows.map(({ name }: { name: string }) => name), text });
  });
  return { events, end };
}
const turns = async () => {
  for (let turn = 0; turn < 4; turn += 1) await new Promise(setImmediate);
};

test('many rows follow the snapshot in events of their own; the last has the id from which a reader resumes', async () => {
  const { events } = reader(fixture());
  expect(events.map(({ event, hosts: rows }) => [event, rows])).toEqual([['snapshot', ['master01', 'node01']]]);
  expect(JSON.parse(events[0]?.text.split('data: ')[1] ?? '').names).toEqual([
    'master01',
    'node01',
    'node02',
    'node03',
  ]);
  await turns();
  expect(events.map(({ event, id }) => [event, id !== undefined])).toEqual([
    ['snapshot', false],
    ['rows', true],
  ]);
  expect(events[1]?.hosts).toEqual(['node02', 'node03']);
});

test('a change meanwhile has no id, because a reader that resumes after it would lack rows', async () => {
  const one = fixture();
  const { events, end } = reader(one);
  one.channel.change({ now: '', hosts: [{ name: 'node03', stepsDone: 9 }] });
  const known = one.byName.get('node03');
  if (known !== undefined) one.byName.set('node03', { ...known, stepsDone: 9 });
  expect(events[1]).toMatchObject({ event: 'change', id: undefined });
  await turns();
  expect(events[2]?.text).toContain('"stepsDone":9');
  end();
  expect(reader(one, events[2]?.id).events.map(({ event }) => event)).toEqual(['beat']);
});

test('a new set of hosts begins the snapshot again, and a reader that leaves gets no more', async () => {
  const one = fixture();
  const { events, end } = reader(one);
  one.channel.restart();
  await turns();
  expect(events.map(({ event }) => event)).toEqual(['snapshot', 'snapshot', 'rows']);
  one.channel.restart();
  end();
  await turns();
  expect(events).toHaveLength(4);
});
